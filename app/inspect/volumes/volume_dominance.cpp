#include "app/inspect/volumes/volume_dominance.h"

#include "app/inspect/volumes/volume_widgets.h"
#include "app/jobs/inspection/inspection_job.h"
#include "widgets/bridge/palette.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"

namespace modascope {
namespace {

QString words(const Attribution& attribution, const char* pattern) {
  return VolumeDominance::tr(pattern).arg(regionName(attribution.region));
}

/// The maps live as long as someone looks at them, without a copy.
ModalityMaps mapsOf(const std::shared_ptr<const Attribution>& attribution) {
  ModalityMaps maps;
  maps.quantity = words(*attribution, QT_TR_NOOP("attribution of %1"));
  maps.values.resize(attribution->schema.size());
  maps.most = static_cast<double>(attribution->scale);
  const auto ids = attribution->set.ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    maps.values[ids[i].index()] = {attribution, &attribution->maps[i]};
  return maps;
}

StrongestModality strongestOf(const std::shared_ptr<const Explanation>& explanation) {
  return {words(explanation->attribution, QT_TR_NOOP("strongest for %1")),
          {explanation, &explanation->dominance->strongest},
          {explanation, &explanation->dominance->margin}};
}

}  // namespace

VolumeDominance::VolumeDominance(const VolumeWidgets& widgets, InspectionJob& job, QObject* parent)
    : QObject(parent), widgets_(widgets), job_(job) {
  DominancePanel* panel = widgets_.dominance;
  connect(panel, &DominancePanel::asked, this, &VolumeDominance::ask);
  connect(panel, &DominancePanel::stopped, this, &VolumeDominance::stop);
  connect(panel, &DominancePanel::mapViewChanged, this, &VolumeDominance::showMaps);
  connect(&job_, &InspectionJob::replying, this, [panel](int done, int total) {
    panel->setBusy(tr("Explaining: %1 of %2 windows").arg(done).arg(total));
  });
}

std::shared_ptr<const Attribution> VolumeDominance::attribution() const {
  if (!explanation_) return nullptr;
  return {explanation_, &explanation_->attribution};
}

std::optional<Ball> VolumeDominance::within() const {
  return explanation_ ? explanation_->within : std::nullopt;
}

void VolumeDominance::setRun(const OpenedRun& run) {
  widgets_.dominance->setLayers(run.layers, run.defaultLayer);
}

void VolumeDominance::ask() {
  const DominancePanel& panel = *widgets_.dominance;
  std::optional<Ball> within;
  if (panel.place() == DominancePlace::AroundCrosshair)
    within = Ball{widgets_.tiles->crosshair(), DominancePanel::kRadiusMm};
  question_ = std::make_shared<const AttributionQuestion>(panel.region(), panel.layer(), within);
  post();
}

/// The numbers of another question would be taken for its answer.
void VolumeDominance::post() {
  forgetAnswer();
  widgets_.dominance->setBusy(tr("Explaining"));
  job_.ask(question_);
}

void VolumeDominance::stop() {
  question_.reset();
  job_.ask(nullptr);
  widgets_.dominance->setIdle();
}

void VolumeDominance::showPrediction(const Segmentation& result) {
  if (!explanation_ || explanation_->attribution.set != result.set) forgetAnswer();
  widgets_.dominance->setReady(true);
  widgets_.dominance->setPredicted(result.ml);
  if (question_ && !explanation_)
    post();
  else
    widgets_.dominance->setIdle();
}

void VolumeDominance::refuse() {
  widgets_.dominance->setReady(
      false, tr("Dominance asks about a network that is given what is on show and nothing else. "
                "Set \"Switched off means\" to absent to ask."));
}

void VolumeDominance::forgetPrediction() {
  widgets_.dominance->setReady(false);
  forgetAnswer();
}

void VolumeDominance::forgetAnswer() {
  explanation_.reset();
  widgets_.dominance->clear();
  noteShares();
  showMaps();
}

void VolumeDominance::showReply(const std::shared_ptr<const Explanation>& explanation) {
  explanation_ = explanation;
  widgets_.dominance->setAttribution(attribution());
  noteShares();
  showMaps();
}

/// Each modality's share stands in the title of its tiles.
void VolumeDominance::noteShares() {
  const auto found = attribution();
  if (!schema_) return;
  for (const ModalityId id : schema_->ids()) widgets_.tiles->setNote(id, {});
  if (!found || found->shares.empty()) return;
  const std::vector<double>& shares = found->shares.front().shares;  // of what was asked about
  const auto ids = found->set.ids();
  for (std::size_t m = 0; m < shares.size(); ++m)
    widgets_.tiles->setNote(ids[m], tr("%1 % attribution").arg(100 * shares[m], 0, 'f', 0));
}

void VolumeDominance::showMaps() {
  widgets_.tiles->clearMaps();
  const bool mapped = explanation_ && explanation_->dominance;
  if (mapped && widgets_.dominance->mapView() == MapView::EachModality)
    widgets_.tiles->setMaps(mapsOf(attribution()));
  if (mapped && widgets_.dominance->mapView() == MapView::Strongest)
    widgets_.tiles->setStrongest(strongestOf(explanation_));
  Q_EMIT mapsChanged();
}

}  // namespace modascope
