#include "app/pages/inspect_saving.h"

#include <QMenu>
#include <QMessageBox>
#include <QPainter>

#include "app/pages/inspect_controller.h"
#include "app/pages/inspect_page.h"
#include "app/work/attribution.h"
#include "core/base/error.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/subset_table_view.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/stl_file.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kCaption = 22;
constexpr int kFine = 3;  // dots each way a pixel

QAction* entry(QMenu& menu, InspectPage& page, const QString& words, const QString& name,
               const QString& filter, const Write& write) {
  QAction* action = menu.addAction(words);
  QObject::connect(action, &QAction::triggered, &page,
                   [&page, name, filter, write] { askAndWrite(&page, name, filter, write); });
  return action;
}

struct Picture {
  QSize size;
  int fine = kFine;
  Caption caption = Caption::With;
};

void savePicture(const fs::path& file, const InspectPage& page, const Picture& form,
                 const std::function<QImage()>& picture) {
  const QSize size = form.size;
  const QSize whole = size + QSize(0, form.caption == Caption::With ? kCaption : 0);
  writeFigure(
      file, whole,
      [&](QPaintDevice& device) {
        QPainter painter(&device);
        painter.fillRect(QRect({}, whole), Qt::white);
        painter.drawImage(QRect({}, size), picture());
        if (form.caption == Caption::Without) return;
        painter.setPen(Qt::black);
        const QRect line(6, size.height(), whole.width() - 12, kCaption);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, page.caption());
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                         InspectPage::tr("Research use only"));
      },
      form.fine);
}

}  // namespace

InspectSaving::InspectSaving(InspectPage& page, const InspectController& controller,
                             QObject* parent)
    : QObject(parent), page_(page), controller_(controller) {
  fillMenu(*page_.saving());
  connect(&job_, &WritingJob::written, this, [this] { page_.setSaving(false); });
  connect(&job_, &WritingJob::failed, this, [this](const QString& sentence) {
    page_.setSaving(false);
    QMessageBox::warning(&page_, tr("Not saved"), sentence);
  });
}

void InspectSaving::addPictures(QMenu& menu) {
  const QString filter = tr("Pictures (*.png *.svg *.pdf)");
  entry(menu, page_, tr("Slices as a picture…"), tr("Slices.png"), filter,
        [this](const fs::path& file) { saveSlices(file, page_, wanted()); });
  auto* scene = menu.addMenu(tr("3D view as a picture"));
  for (int scale = 1; scale <= 4; ++scale)
    entry(*scene, page_, tr("%1 × as fine as the screen…").arg(scale), tr("Scene.png"), filter,
          [this, scale](const fs::path& file) { saveScene(file, page_, scale, wanted()); });
  caption_ = menu.addAction(tr("Say beneath what a picture was made from"));
  caption_->setCheckable(true);
  caption_->setChecked(true);
}

/// What is on show when it is asked for is written, whatever is shown while the name is chosen.
QAction* InspectSaving::laterEntry(QMenu& menu, const QString& words, const QString& name,
                                   const QString& filter,
                                   Write (*writeOf)(const InspectController&)) {
  QAction* action = menu.addAction(words);
  connect(action, &QAction::triggered, this, [this, name, filter, writeOf] {
    const Write write = writeOf(controller_);
    askAndWrite(&page_, name, filter, [this, write](const fs::path& file) {
      page_.setSaving(true);
      job_.start([write, file] { write(file); });
    });
  });
  return action;
}

void InspectSaving::fillMenu(QMenu& menu) {
  addPictures(menu);
  entry(menu, page_, tr("Table of subsets…"), tr("Subsets.csv"), tr("Tables (*.csv)"),
        [this](const fs::path& file) { page_.subsets()->exportCsv(file); });
  menu.addSeparator();
  auto* labels = laterEntry(menu, tr("Segmentation on show…"), tr("Segmentation.nii.gz"),
                            tr("NIfTI (*.nii.gz *.nii)"), &writeOfSegmentation);
  auto* surfaces =
      entry(menu, page_, tr("Surfaces, one file a region…"), tr("Tumour.stl"), tr("STL (*.stl)"),
            [this](const fs::path& file) { saveSurfaces(file, page_); });
  auto* maps = laterEntry(menu, tr("Attribution maps, a folder…"), tr("Attribution"), QString(),
                          &writeOfAttribution);
  connect(&menu, &QMenu::aboutToShow, this, [this, labels, surfaces, maps] {
    labels->setEnabled(controller_.shown().has_value());
    surfaces->setEnabled(page_.scene()->surfaces() && !page_.scene()->surfaces()->empty());
    maps->setEnabled(controller_.dominance().attribution() != nullptr);
  });
}

Caption InspectSaving::wanted() const {
  return caption_->isChecked() ? Caption::With : Caption::Without;
}

void saveSlices(const fs::path& file, const InspectPage& page, Caption caption) {
  const QSize size = page.tiles()->size();
  savePicture(file, page, {size, kFine, caption},
              [&] { return page.tiles()->render(size, kFine); });
}

void saveScene(const fs::path& file, const InspectPage& page, int scale, Caption caption) {
  const QImage picture = page.pictureOfScene(scale);
  if (picture.isNull()) throw Error("There is no 3D picture: it needs OpenGL 3.2.", Fault::System);
  savePicture(file, page, {page.scene()->size(), scale, caption}, [&] { return picture; });
}

void saveSurfaces(const fs::path& file, const InspectPage& page) {
  const auto& surfaces = page.scene()->surfaces();
  if (!surfaces || surfaces->empty()) throw Error("No tumour is on show.");
  std::vector<std::pair<fs::path, Region>> files;
  for (const Region region : kRegions) {
    if (surfaces->ml[static_cast<std::size_t>(region)] <= 0) continue;
    const std::string name = file.stem().string() + "_" + std::string(keyOf(region)) + ".stl";
    files.emplace_back(file.parent_path() / name, region);
    if (fs::exists(files.back().first))
      throw Error(inQuotes(files.back().first) + " is there already: choose another name.");
  }
  for (const auto& [path, region] : files) writeStl(path, *surfaces, region);
}

Write writeOfSegmentation(const InspectController& controller) {
  const auto labels = controller.shown() ? controller.shown()->labels : nullptr;
  return [labels, patient = controller.patient()](const fs::path& file) {
    if (!labels) throw Error("Nothing is predicted yet: open a run and a case.");
    writeLabels(file, resampleNearest(*labels, patient->sourceGrid), patient->profile);
  };
}

Write writeOfAttribution(const InspectController& controller) {
  const auto attribution = controller.dominance().attribution();
  if (!attribution)
    return [](const fs::path&) {
      throw Error("Nothing is explained yet: press Explain under Dominance.");
    };
  const OpenedRun& run = *controller.run();
  const AttributionSource source{controller.caseId(),
                                 run.folder,
                                 run.model.kind,
                                 run.step,
                                 run.manifest.trainedOn(controller.caseId()),
                                 controller.dominance().within()};
  return [attribution, source, patient = controller.patient()](const fs::path& folder) {
    requireOutputFolder(folder);
    writeAttribution(folder, *attribution, source, patient->sourceGrid);
  };
}

}  // namespace modascope
