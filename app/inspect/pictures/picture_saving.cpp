#include "app/inspect/pictures/picture_saving.h"

#include <QPainter>

#include "app/inspect/pictures/pictures_view.h"
#include "app/inspect/saving/prediction_source.h"
#include "app/work/looking/prediction_files.h"
#include "widgets/pictures/picture_grid.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kFine = 3;   // dots each way a pixel
constexpr int kGap = 6;    // between two pictures
constexpr int kName = 22;  // above each

/// The kept pictures at the left, as on the page, each under its name.
QImage bothGrids(const PictureComparison& comparison) {
  const PictureGrid& kept = comparison.keptGrid();
  const PictureGrid& live = comparison.live();
  const QPoint right(kept.width() + kGap, kName);
  QImage both(QSize(right.x() + live.width(), kName + live.height()) * kFine, QImage::Format_RGB32);
  both.setDevicePixelRatio(kFine);
  both.fill(Qt::white);
  QPainter painter(&both);
  painter.drawImage(QPoint(0, kName), kept.picture(kFine));
  painter.drawImage(right, live.picture(kFine));
  painter.setPen(Qt::black);
  painter.drawText(QRect(kGap, 0, kept.width(), kName), Qt::AlignVCenter, comparison.keptName());
  painter.drawText(QRect(right.x() + kGap, 0, live.width(), kName), Qt::AlignVCenter,
                   comparison.liveName());
  return both;
}

std::vector<Export> exportsOf(const PicturesView& view, const InspectPage& page) {
  return {figureExport(PicturesView::tr("Tiles as a picture…"), PicturesView::tr("Tiles.png"),
                       [&view, &page](const fs::path& file, Caption caption) {
                         saveTiles(file, view, page, caption);
                       }),
          {Export::Kind::Data, PicturesView::tr("Classes on show, as a label…"),
           PicturesView::tr("Classes.png"), PicturesView::tr("PNG (*.png)"),
           [&view](Caption) { return writeOfClasses(view); },
           [&view] { return view.prediction() != nullptr; }}};
}

}  // namespace

std::vector<Export> PicturesView::exports() {
  return exportsOf(*this, page());
}

void saveTiles(const fs::path& file, const PicturesView& view, const InspectPage& page,
               Caption caption) {
  const bool compared = !view.comparison().keptGrid().isHidden();
  const QImage picture = compared ? bothGrids(view.comparison()) : view.grid().picture(kFine);
  savePicture(file, page, {picture.size() / kFine, kFine, caption}, [&] { return picture; });
}

Write writeOfClasses(const PicturesView& view) {
  const auto shown = view.prediction();
  if (!shown) return nothingPredicted();
  return [source = sourceOf(view, shown->corruption), problem = view.cohort()->problem,
          shown](const fs::path& file) {
    writeClasses(file, {problem, shown->set, *shown->classes}, source);
  };
}

}  // namespace modascope
