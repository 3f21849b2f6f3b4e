#include "app/inspect/volumes/inspect_dominance.h"

#include "app/inspect/inspect_page.h"
#include "app/jobs/inspection/inspection_job.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"

namespace modascope {
namespace {

QString words(const Attribution& attribution, const char* pattern) {
  return InspectPage::tr(pattern).arg(regionName(attribution.region));
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

InspectDominance::InspectDominance(InspectPage& page, InspectionJob& job, QObject* parent)
    : QObject(parent), page_(page), job_(job) {
  DominancePanel* panel = page_.dominance();
  connect(panel, &DominancePanel::asked, this, &InspectDominance::ask);
  connect(panel, &DominancePanel::stopped, this, &InspectDominance::stop);
  connect(panel, &DominancePanel::mapViewChanged, this, &InspectDominance::showMaps);
  connect(&job_, &InspectionJob::replied, this,
          [this](const auto& reply) { show(std::static_pointer_cast<const Explanation>(reply)); });
  connect(&job_, &InspectionJob::replying, this, [panel](int done, int total) {
    panel->setBusy(tr("Explaining: %1 of %2 windows").arg(done).arg(total));
  });
}

std::shared_ptr<const Attribution> InspectDominance::attribution() const {
  if (!explanation_) return nullptr;
  return {explanation_, &explanation_->attribution};
}

std::optional<Ball> InspectDominance::within() const {
  return explanation_ ? explanation_->within : std::nullopt;
}

void InspectDominance::setRun(const OpenedRun& run) {
  page_.dominance()->setLayers(run.layers, run.defaultLayer);
}

void InspectDominance::ask() {
  const DominancePanel& panel = *page_.dominance();
  std::optional<Ball> within;
  if (panel.place() == DominancePlace::AroundCrosshair)
    within = Ball{page_.tiles()->crosshair(), DominancePanel::kRadiusMm};
  question_ = std::make_shared<const AttributionQuestion>(panel.region(), panel.layer(), within);
  post();
}

/// The numbers of another question would be taken for its answer.
void InspectDominance::post() {
  forgetAnswer();
  page_.dominance()->setBusy(tr("Explaining"));
  job_.ask(question_);
}

void InspectDominance::stop() {
  question_.reset();
  job_.ask(nullptr);
  page_.dominance()->setIdle();
}

void InspectDominance::showPrediction(const Segmentation& result) {
  if (!explanation_ || explanation_->attribution.set != result.set) forgetAnswer();
  page_.dominance()->setReady(true);
  page_.dominance()->setPredicted(result.ml);
  if (question_ && !explanation_)
    post();
  else
    page_.dominance()->setIdle();
}

void InspectDominance::refuse() {
  page_.dominance()->setReady(
      false, tr("Dominance asks about a network that is given what is on show and nothing else. "
                "Set \"Switched off means\" to absent to ask."));
}

void InspectDominance::forgetAnswer() {
  explanation_.reset();
  page_.dominance()->clear();
  noteShares();
  showMaps();
}

void InspectDominance::show(const std::shared_ptr<const Explanation>& explanation) {
  explanation_ = explanation;
  page_.dominance()->setAttribution(attribution());
  noteShares();
  showMaps();
}

/// Each modality's share stands in the title of its tiles.
void InspectDominance::noteShares() {
  const auto found = attribution();
  for (const ModalityId id : page_.switches()->schema().ids()) page_.tiles()->setNote(id, {});
  if (!found || found->shares.empty()) return;
  const std::vector<double>& shares = found->shares.front().shares;  // of what was asked about
  const auto ids = found->set.ids();
  for (std::size_t m = 0; m < shares.size(); ++m)
    page_.tiles()->setNote(ids[m], tr("%1 % attribution").arg(100 * shares[m], 0, 'f', 0));
}

void InspectDominance::showMaps() {
  page_.tiles()->clearMaps();
  const bool mapped = explanation_ && explanation_->dominance;
  if (mapped && page_.dominance()->mapView() == MapView::EachModality)
    page_.tiles()->setMaps(mapsOf(attribution()));
  if (mapped && page_.dominance()->mapView() == MapView::Strongest)
    page_.tiles()->setStrongest(strongestOf(explanation_));
  Q_EMIT mapsChanged();
}

}  // namespace modascope
