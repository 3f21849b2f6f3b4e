#include "app/inspect/inspect_saving.h"

#include <QMenu>
#include <QMessageBox>

#include "app/inspect/flat_saving.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/work/looking/case_attribution.h"
#include "core/base/error.h"
#include "core/files/paths.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"
#include "widgets/figures/figure_file.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/stl_file.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kFine = 3;  // dots each way a pixel

bool isOfVolumes(Task task) {
  return task == Task::Segmentation3d;
}
bool isOfPictures(Task task) {
  return task == Task::Segmentation2d;
}

QAction* entry(QMenu& menu, InspectPage& page, const QString& words, const QString& name,
               const QString& filter, const Write& write) {
  QAction* action = menu.addAction(words);
  QObject::connect(action, &QAction::triggered, &page,
                   [&page, name, filter, write] { askAndWrite(&page, name, filter, write); });
  return action;
}

}  // namespace

InspectSaving::InspectSaving(InspectPage& page, const InspectController& controller,
                             QObject* parent)
    : QObject(parent), page_(page), controller_(controller) {
  QMenu& menu = *page_.saving();
  addPictures(menu);
  addNumbers(menu);
  connect(&menu, &QMenu::aboutToShow, this, &InspectSaving::offer);
  connect(&job_, &WritingJob::written, this, [this] { page_.setSaving(false); });
  connect(&job_, &WritingJob::failed, this, [this](const QString& sentence) {
    page_.setSaving(false);
    QMessageBox::warning(&page_, tr("Not saved"), sentence);
  });
}

void InspectSaving::addPictures(QMenu& menu) {
  const QString filter = tr("Pictures (*.png *.svg *.pdf)");
  const auto add = [&](Applies applies, const QString& words, const QString& name, auto save) {
    entries_.push_back({entry(menu, page_, words, name, filter,
                              [this, save](const fs::path& file) { save(file, page_, wanted()); }),
                        applies});
  };
  add(&isOfVolumes, tr("Slices as a picture…"), tr("Slices.png"), &saveSlices);
  add(&isOfPictures, tr("Tiles as a picture…"), tr("Tiles.png"), &saveTiles);
  add(&takesFeatures, tr("Sample as a picture…"), tr("Sample.png"), &saveSampleView);
  auto* scene = menu.addMenu(tr("3D view as a picture"));
  for (int scale = 1; scale <= 4; ++scale)
    entry(*scene, page_, tr("%1 × as fine as the screen…").arg(scale), tr("Scene.png"), filter,
          [this, scale](const fs::path& file) { saveScene(file, page_, scale, wanted()); });
  entries_.push_back({scene->menuAction(), &isOfVolumes});
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

void InspectSaving::addNumbers(QMenu& menu) {
  const QString tables = tr("Tables (*.csv)");
  const auto shown = [this] { return controller_.shown().has_value(); };
  const auto predicted = [this] { return controller_.pictures().shown().has_value(); };
  const auto answered = [this] { return controller_.samples().answer() != nullptr; };
  entry(menu, page_, tr("Table of subsets…"), tr("Subsets.csv"), tables,
        [this](const fs::path& file) { page_.subsets()->exportCsv(file); });
  menu.addSeparator();
  entries_.push_back({laterEntry(menu, tr("Segmentation on show…"), tr("Segmentation.nii.gz"),
                                 tr("NIfTI (*.nii.gz *.nii)"), &writeOfSegmentation),
                      &isOfVolumes, shown});
  entries_.push_back({laterEntry(menu, tr("Classes on show, as a label…"), tr("Classes.png"),
                                 tr("PNG (*.png)"), &writeOfClasses),
                      &isOfPictures, predicted});
  entries_.push_back({laterEntry(menu, tr("Outputs from every subset…"), tr("Outputs.csv"), tables,
                                 &writeOfOutputs),
                      &takesFeatures, answered});
  entries_.push_back({laterEntry(menu, tr("Contributions of the modalities…"),
                                 tr("Contributions.csv"), tables, &writeOfContributions),
                      &takesFeatures, answered});
  entries_.push_back(
      {entry(menu, page_, tr("Surfaces, one file a region…"), tr("Tumour.stl"), tr("STL (*.stl)"),
             [this](const fs::path& file) { saveSurfaces(file, page_); }),
       &isOfVolumes,
       [this] { return page_.scene()->surfaces() && !page_.scene()->surfaces()->empty(); }});
  entries_.push_back({laterEntry(menu, tr("Attribution maps, a folder…"), tr("Attribution"),
                                 QString(), &writeOfAttribution),
                      &isOfVolumes,
                      [this] { return controller_.dominance().attribution() != nullptr; }});
}

void InspectSaving::offer() {
  const auto& cohort = controller_.cohort();
  const Task task = cohort ? cohort->task : Task::Segmentation3d;
  for (const Entry& entry : entries_) {
    entry.action->setVisible(entry.applies(task));
    entry.action->setEnabled(!entry.ready || entry.ready());
  }
}

Caption InspectSaving::wanted() const {
  return caption_->isChecked() ? Caption::With : Caption::Without;
}

void saveSlices(const fs::path& file, const InspectPage& page, Caption caption) {
  const QSize size = page.tiles()->size();
  savePicture(file, page, {size, kFine, caption, page.tiles()->regionColours()},
              [&] { return page.tiles()->render(size, kFine); });
}

void saveScene(const fs::path& file, const InspectPage& page, int scale, Caption caption) {
  const QImage picture = page.pictureOfScene(scale);
  if (picture.isNull()) throw Error("There is no 3D picture: it needs OpenGL 3.2.", Fault::System);
  savePicture(file, page, {page.scene()->size(), scale, caption, page.tiles()->regionColours()},
              [&] { return picture; });
}

void saveSurfaces(const fs::path& file, const InspectPage& page) {
  const auto& surfaces = page.scene()->surfaces();
  if (!surfaces || surfaces->empty()) throw Error("No tumour is on show.");
  std::vector<std::pair<fs::path, Region>> files;
  for (const Region& region : page.tiles()->regions()) {
    if (surfaces->ml[region.place] <= 0) continue;
    const std::string name = file.stem().string() + "_" + region.key + ".stl";
    files.emplace_back(file.parent_path() / name, region);
    if (isThere(files.back().first))
      throw Error(inQuotes(files.back().first) + " is there already: choose another name.");
  }
  for (const auto& [path, region] : files) writeStl(path, *surfaces, region);
}

Write writeOfSegmentation(const InspectController& controller) {
  const auto labels = controller.shown() ? controller.shown()->labels : nullptr;
  return [labels, patient = controller.patient()](const fs::path& file) {
    if (!labels) throw Error("Nothing is predicted yet: open a run and a case.");
    writeLabels(file, resampleLabels(*labels, patient->sourceGrid), patient->profile,
                patient->sourceSpace);
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
                                 run.sawPatientOf(controller.caseId()),
                                 controller.dominance().within()};
  return [attribution, source, patient = controller.patient()](const fs::path& folder) {
    requireOutputFolder(folder);
    writeAttribution(folder, *attribution, source, *patient);
  };
}

}  // namespace modascope
