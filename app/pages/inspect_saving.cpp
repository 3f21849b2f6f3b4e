#include "app/pages/inspect_saving.h"

#include <QMenu>
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

constexpr int kCaption = 22;
constexpr double kFine = 3;  // dots each way a pixel

const Segmentation& onShow(const InspectController& controller) {
  if (!controller.shown()) throw Error("Nothing is predicted yet: open a run and a case.");
  return *controller.shown();
}

template <typename Write>
QAction* entry(QMenu& menu, InspectPage& page, const QString& words, const QString& name,
               const QString& filter, Write write) {
  QAction* action = menu.addAction(words);
  QObject::connect(action, &QAction::triggered, &page,
                   [&page, name, filter, write] { askAndWrite(&page, name, filter, write); });
  return action;
}

}  // namespace

void addSaving(QMenu& menu, InspectPage& page, const InspectController& controller) {
  using File = const std::filesystem::path&;
  const auto tr = [](const char* words) { return InspectPage::tr(words); };
  entry(menu, page, tr("Slices as a picture…"), tr("Slices.png"),
        tr("Pictures (*.png *.svg *.pdf)"), [&page](File file) { saveSlices(file, page); });
  entry(menu, page, tr("3D view as a picture…"), tr("Scene.png"), tr("Pictures (*.png)"),
        [&page](File file) {
          if (!page.pictureOfScene().save(QString::fromStdString(file.string()), "PNG"))
            throw Error(inQuotes(file) + " could not be written.", Fault::System);
        });
  entry(menu, page, tr("Table of subsets…"), tr("Subsets.csv"), tr("Tables (*.csv)"),
        [&page](File file) { page.subsets()->exportCsv(file); });
  menu.addSeparator();
  auto* labels = entry(menu, page, tr("Segmentation on show…"), tr("Segmentation.nii.gz"),
                       tr("NIfTI (*.nii.gz *.nii)"),
                       [&controller](File file) { saveSegmentation(file, controller); });
  auto* surfaces = entry(menu, page, tr("Surfaces, one file a region…"), tr("Tumour.stl"),
                         tr("STL (*.stl)"), [&page](File file) { saveSurfaces(file, page); });
  auto* maps = entry(menu, page, tr("Attribution maps, a folder…"), tr("Attribution"), QString(),
                     [&controller](File file) { saveAttribution(file, controller); });
  QObject::connect(&menu, &QMenu::aboutToShow, &page, [&page, &controller, labels, surfaces, maps] {
    labels->setEnabled(controller.shown().has_value());
    surfaces->setEnabled(page.scene()->surfaces() && !page.scene()->surfaces()->empty());
    maps->setEnabled(controller.attribution() != nullptr);
  });
}

void saveSlices(const std::filesystem::path& file, const InspectPage& page) {
  const QSize slices = page.tiles()->size();
  const QSize whole = slices + QSize(0, kCaption);
  writeFigure(file, whole, [&](QPaintDevice& device) {
    QPainter painter(&device);
    painter.fillRect(QRect({}, whole), Qt::white);
    painter.drawImage(QRect({}, slices), page.tiles()->render(slices, kFine));
    painter.setPen(Qt::black);
    painter.drawText(QRect(6, slices.height(), whole.width() - 12, kCaption),
                     Qt::AlignLeft | Qt::AlignVCenter, page.showing());
    painter.drawText(QRect(6, slices.height(), whole.width() - 12, kCaption),
                     Qt::AlignRight | Qt::AlignVCenter, InspectPage::tr("Research use only"));
  });
}

void saveSegmentation(const std::filesystem::path& file, const InspectController& controller) {
  const Segmentation& shown = onShow(controller);
  const Case& patient = *controller.patient();
  writeLabels(file, resampleNearest(*shown.labels, patient.sourceGrid), patient.profile);
}

void saveSurfaces(const std::filesystem::path& file, const InspectPage& page) {
  const auto& surfaces = page.scene()->surfaces();
  if (!surfaces || surfaces->empty()) throw Error("No tumour is on show.");
  for (const Region region : kRegions) {
    if (surfaces->ml[static_cast<std::size_t>(region)] <= 0) continue;
    const std::string name = file.stem().string() + "_" + std::string(keyOf(region)) + ".stl";
    writeStl(file.parent_path() / name, *surfaces, region);
  }
}

void saveAttribution(const std::filesystem::path& folder, const InspectController& controller) {
  const auto attribution = controller.attribution();
  if (!attribution) throw Error("Nothing is explained yet: press Explain under Dominance.");
  requireOutputFolder(folder);
  const OpenedRun& run = *controller.run();
  writeAttribution(folder, *attribution,
                   {controller.caseId(), run.folder, run.model.kind, run.step,
                    run.manifest.trainedOn(controller.caseId())},
                   controller.patient()->sourceGrid);
}

}  // namespace modascope
