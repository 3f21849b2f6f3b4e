#include "app/inspect/volumes/volumes_view.h"

#include <QToolButton>
#include <algorithm>

#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_undo.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/run_remark.h"
#include "app/inspect/volumes/tile_chooser.h"
#include "app/inspect/volumes/volume_menu.h"
#include "app/settings/app_settings.h"
#include "widgets/controls/display_panel.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

/// The volumes live as long as someone looks at them, without a copy.
std::vector<std::shared_ptr<const Volume>> volumesOf(const std::shared_ptr<const Case>& patient) {
  std::vector<std::shared_ptr<const Volume>> volumes;
  for (const auto& volume : patient->modalities) {
    volumes.push_back(volume ? std::shared_ptr<const Volume>(patient, &*volume) : nullptr);
  }
  return volumes;
}

RegionReference referenceOf(const Segmentation& result) {
  return {result.ml, result.dice};
}

RegionReference referenceOf(const SubsetTable::Row& row, bool known) {
  return {row.ml, known ? std::optional(row.scores) : std::nullopt};
}

}  // namespace

VolumesView::VolumesView(InspectPage& page, std::unique_ptr<Inspection> inspection)
    : CaseView(page, std::move(inspection)),
      widgets_(&page),
      chooser_(new TileChooser(*widgets_.tiles, &page)),
      menu_(new VolumeMenu(widgets_, &page)),
      menuButton_(new QToolButton(&page)),
      dominance_(widgets_, job()),
      comparison_(widgets_),
      display_(widgets_) {
  makeMenu();
  connectTiles();
  connect(&comparison_, &VolumeComparison::sceneShown, &display_, &VolumeDisplay::cut);
  connect(&dominance_, &VolumeDominance::mapsChanged, &display_, &VolumeDisplay::showOpacity);
  connect(&display_, &VolumeDisplay::windowSettled, this, &VolumesView::noteWindow);
}

void VolumesView::connectTiles() {
  connect(widgets_.tiles, &TileGrid::crosshairMoved, this, [this] { placed_ = true; });
  connect(widgets_.tiles, &TileGrid::toggled, this, &CaseView::toggled);
  connect(widgets_.tiles, &TileGrid::pointed, &page(),
          [this](const Vec3& place, const QString& words) {
            pointedAt_ = place;
            Q_EMIT page().pointed(words);
          });
}

void VolumesView::makeMenu() {
  menu_->addUndo(page().undo().undoAction(), page().undo().redoAction());
  menuButton_->setText(tr("View"));
  menuButton_->setPopupMode(QToolButton::InstantPopup);
  menuButton_->setMenu(menu_);
}

ViewParts VolumesView::parts() const {
  return {.centre = widgets_.centre,
          .choosers = {chooser_, menuButton_},
          .tabs = {{tr("Dominance"), widgets_.dominance}, {tr("Display"), widgets_.display}}};
}

std::vector<ComparisonView> VolumesView::comparisons() const {
  return {ComparisonView::SideBySide, ComparisonView::Wipe, ComparisonView::Difference};
}

std::shared_ptr<const Case> VolumesView::patient() const {
  if (!inspected()) return nullptr;
  return std::static_pointer_cast<const InspectedVolumes>(inspected())->patient;
}

std::shared_ptr<const Segmentation> VolumesView::segmentation() const {
  return std::static_pointer_cast<const Segmentation>(answer());
}

bool VolumesView::settled() const {
  return widgets_.scene->settled();
}

QImage VolumesView::sceneImage() const {
  return widgets_.scene->grabImage(1);
}

void VolumesView::noteWindow(ModalityId id, const IntensityWindow& before,
                             const IntensityWindow& after) {
  if (before == after) return;
  const auto showAgain = [this, id](const IntensityWindow& window) {
    return [this, id, window] { display_.setWindow(id, window); };
  };
  const QString label = QString::fromStdString(cohort()->problem.schema.label(id));
  page().undo().noteSmall(static_cast<int>(id.index()), tr("window of %1").arg(label),
                          showAgain(before), showAgain(after));
}

/// Of the segmentations, everywhere in the view.
void VolumesView::setRegions(const RegionSchema& regions) {
  if (regions == widgets_.tiles->regions()) return;
  widgets_.tiles->setRegions(regions);
  widgets_.scene->setRegions(regions);
  widgets_.keptScene->setRegions(regions);
  widgets_.display->setRegions(regions);
  for (const Region& region : regions)
    widgets_.display->setRegionOpacity(region, widgets_.scene->regionOpacity(region));
  widgets_.readout->setRegions(regions);
  widgets_.dominance->setRegions(regions);
  menu_->setRegions(regions);
}

void VolumesView::showCase() {
  const auto volumes = volumesOf(patient());
  const ModalitySchema& schema = cohort()->problem.schema;
  setRegions(cohort()->problem.regions);
  dominance_.setSchema(schema);
  widgets_.tiles->setCase(schema, volumes, patient()->grid);
  if (const auto& available = inspected()->available) {
    const auto& head = volumes[available->ids().front().index()];
    widgets_.scene->setHead(head);
    comparison_.setHead(head);
    widgets_.tiles->setShown(*available);
    chooser_->setModalities(schema, *available);
  }
  display_.setCase(schema, patient());
  showTruth();
  pointedAt_ = widgets_.tiles->crosshair();
  announceAgain();
}

void VolumesView::announceAgain() {
  if (pointedAt_) Q_EMIT page().pointed(widgets_.tiles->describe(*pointedAt_));
}

/// Where to look; the overlay itself is the network's.
void VolumesView::showTruth() {
  widgets_.tiles->setTruth(nullptr);
  const auto patient = this->patient();
  placed_ = patient->labels.has_value();
  if (!placed_) return;
  const std::shared_ptr<const LabelVolume> truth(patient, &*patient->labels);
  widgets_.tiles->setOverlay(truth);
  widgets_.tiles->centreOnLargestSlice();
  widgets_.tiles->setOverlay(nullptr);
  widgets_.tiles->setTruth(truth);
}

void VolumesView::clear() {
  comparison_.setHead(nullptr);
  display_.forgetCase();
  pointedAt_.reset();
  widgets_.tiles->clear();
  widgets_.scene->setHead(nullptr);
}

void VolumesView::showRun() {
  dominance_.setRun(*run());
}

void VolumesView::showAnswer() {
  const auto result = segmentation();
  if (result->set == available()) reference_ = referenceOf(*result);
  if (result->corruption == Corruption::Absent)
    dominance_.showPrediction(*result);
  else
    dominance_.refuse();
  widgets_.tiles->setOverlay(result->labels);
  widgets_.tiles->setStandIns(result->standIns);
  widgets_.tiles->setShown(result->set, insteadWords(result->corruption));
  if (!placed_) widgets_.tiles->centreOnLargestSlice();
  placed_ = true;
  widgets_.scene->setLabels(result->labels);
  showReadout();
  widgets_.readout->setRemark(remarkOn(*run(), *cohort(), caseId()));
  if (!table()) page().subsets()->setPending();
  announceAgain();
}

void VolumesView::hideAnswer() {
  reference_.reset();
  widgets_.tiles->setOverlay(nullptr);
  widgets_.tiles->setStandIns({});
  widgets_.scene->setLabels(nullptr);
  dominance_.forgetPrediction();
  widgets_.readout->clear();
  announceAgain();
}

void VolumesView::showTable() {
  const auto all =
      std::find_if(table()->rows.begin(), table()->rows.end(),
                   [&](const SubsetTable::Row& row) { return row.set == inspected()->available; });
  if (!reference_ && all != table()->rows.end() && !all->ml.empty()) {
    reference_ = referenceOf(*all, patient()->labels.has_value());
    showReadout();
  }
  CaseView::showTable();
}

/// The change is against what was kept for comparison, or else against all modalities.
void VolumesView::showReadout() {
  if (!answer()) return;
  const auto& kept = comparison_.kept();
  widgets_.readout->show(*segmentation(), kept ? referenceOf(*kept) : reference_);
  widgets_.readout->setReference(kept ? tr("against kept") : tr("change"));
}

void VolumesView::showReply(const std::shared_ptr<const InspectionReply>& reply) {
  dominance_.showReply(std::static_pointer_cast<const Explanation>(reply));
}

void VolumesView::showFailure() {
  dominance_.forgetAnswer();
}

void VolumesView::forgetQuestion() {
  dominance_.forgetQuestion();
}

void VolumesView::setKept(bool kept) {
  if (kept)
    comparison_.keep(segmentation());
  else
    comparison_.end();
  showReadout();
}

void VolumesView::layComparison(ComparisonView view, std::size_t differenceOf) {
  comparison_.lay(view, differenceOf);
}

void VolumesView::nameComparison(const ComparedNames& names) {
  comparison_.name(names);
}

void VolumesView::restoreLooks(const AppSettings& settings) {
  menu_->restore(settings);
  if (settings.view("overlay/opacity").isValid()) restoreOverlay(settings);
  if (settings.view("layout").toString() == "planes")
    widgets_.tiles->setTileLayout(TileLayout::Planes);
}

/// Not what is laid over: the expert's segmentation is never found there unasked.
void VolumesView::restoreOverlay(const AppSettings& settings) {
  OverlayStyle style = widgets_.tiles->overlayStyle();
  style.visible = settings.view("overlay/visible").toBool();
  style.outline = settings.view("overlay/outline").toBool();
  style.opacity = std::clamp(settings.view("overlay/opacity").toDouble(), 0.0, 1.0);
  widgets_.tiles->setOverlayStyle(style);
  widgets_.display->setOverlayOutline(style.outline);
  widgets_.display->setOverlayOpacity(widgets_.tiles->overlayOpacity());
}

void VolumesView::storeLooks(AppSettings& settings) const {
  menu_->store(settings);
  const OverlayStyle style = widgets_.tiles->overlayStyle();
  settings.setView("overlay/visible", style.visible);
  settings.setView("overlay/outline", style.outline);
  settings.setView("overlay/opacity", style.opacity);
  const bool planes = widgets_.tiles->tileLayout() == TileLayout::Planes;
  settings.setView("layout", planes ? "planes" : "modalities");
}

}  // namespace modascope
