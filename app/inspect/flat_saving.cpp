#include "app/inspect/flat_saving.h"

#include <QPainter>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/work/looking/prediction_files.h"
#include "core/base/error.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/samples/sample_view.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kFine = 3;   // dots each way a pixel
constexpr int kGap = 6;    // between two pictures
constexpr int kName = 22;  // above each

PredictionSource sourceOf(const InspectController& controller, Corruption leftOut) {
  const OpenedRun& run = *controller.run();
  return {controller.caseId(),
          controller.cohort()->folder,
          run.folder,
          run.model.kind,
          run.step,
          run.sawPatientOf(controller.caseId()),
          leftOut};
}

/// The kept pictures at the left, as on the page, each under its name.
QImage bothGrids(const InspectPage& page) {
  const PictureGrid& kept = *page.keptGrid();
  const PictureGrid& live = *page.pictureGrid();
  const QPoint right(kept.width() + kGap, kName);
  QImage both(QSize(right.x() + live.width(), kName + live.height()) * kFine, QImage::Format_RGB32);
  both.setDevicePixelRatio(kFine);
  both.fill(Qt::white);
  QPainter painter(&both);
  painter.drawImage(QPoint(0, kName), kept.picture(kFine));
  painter.drawImage(right, live.picture(kFine));
  painter.setPen(Qt::black);
  painter.drawText(QRect(kGap, 0, kept.width(), kName), Qt::AlignVCenter, page.keptName());
  painter.drawText(QRect(right.x() + kGap, 0, live.width(), kName), Qt::AlignVCenter,
                   page.gridName());
  return both;
}

Write refusal() {
  return [](const fs::path&) { throw Error("Nothing is predicted yet: open a run."); };
}

}  // namespace

void saveTiles(const fs::path& file, const InspectPage& page, Caption caption) {
  const bool compared = !page.keptGrid()->isHidden();
  const QImage picture = compared ? bothGrids(page) : page.pictureGrid()->picture(kFine);
  savePicture(file, page, {picture.size() / kFine, kFine, caption}, [&] { return picture; });
}

void saveSampleView(const fs::path& file, const InspectPage& page, Caption caption) {
  SampleView& view = *page.sample();
  savePicture(file, page, {view.size(), kFine, caption}, [&] {
    QImage image(view.size() * kFine, QImage::Format_RGB32);
    image.setDevicePixelRatio(kFine);
    image.fill(view.palette().color(QPalette::Window));
    view.render(&image);
    return image;
  });
}

Write writeOfClasses(const InspectController& controller) {
  const auto& shown = controller.pictures().shown();
  if (!shown) return refusal();
  return
      [source = sourceOf(controller, shown->corruption), problem = controller.cohort()->problem(),
       set = shown->set, classes = shown->classes](const fs::path& file) {
        writeClasses(file, {problem, set, *classes}, source);
      };
}

Write writeOfOutputs(const InspectController& controller) {
  const auto answer = controller.samples().answer();
  if (!answer) return refusal();
  return [source = sourceOf(controller, answer->corruption), answer,
          sample = controller.samples().sample()](const fs::path& file) {
    writeOutputs(file, answer->outputs, sample->look.truth, source);
  };
}

Write writeOfContributions(const InspectController& controller) {
  const auto answer = controller.samples().answer();
  if (!answer) return refusal();
  return [source = sourceOf(controller, answer->corruption), answer](const fs::path& file) {
    writeContributions(file, answer->outputs, answer->contributions, source);
  };
}

}  // namespace modascope
