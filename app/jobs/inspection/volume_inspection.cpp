#include "app/jobs/inspection/volume_inspection.h"

#include "app/work/looking/stand_ins.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/metrics/dice.h"

namespace modascope {
namespace {

std::optional<Scores> followedBy(Scores scores) {
  if (scores == Scores::Dice) return Scores::DiceAndHd95;
  return std::nullopt;
}

TileProgress progressTo(InspectionListener& listener) {
  return [&listener](int done, int total) { listener.onProgress(done, total); };
}

}  // namespace

OpenedRun VolumeInspection::openRun(const std::filesystem::path& folder,
                                    std::optional<std::int64_t> snapshot) {
  OpenedRun opened = TrainedInspection::openRun(folder, snapshot);
  opened.layers = attributionLayers(*run_->network);
  opened.defaultLayer = defaultAttributionLayer(*run_->network).value_or("");
  return opened;
}

std::shared_ptr<const InspectedCase> VolumeInspection::load(const std::shared_ptr<const Cohort>&,
                                                            const CaseInfo& info, std::stop_token) {
  patient_ = std::make_shared<const Case>(readCase(info));
  const auto loaded = std::make_shared<InspectedVolumes>();
  loaded->available = patient_->available();
  loaded->notes = patient_->notes;
  loaded->patient = patient_;
  return loaded;
}

void VolumeInspection::closeCase() {
  forgetPredictions();
  patient_.reset();
}

void VolumeInspection::forgetPredictions() {
  prediction_.reset();
  scorer_.reset();
  scoredFor_ = 0;
  shown_ = 0;
}

void VolumeInspection::answer(const InspectionRequest& request, std::stop_token stop,
                              InspectionListener& listener) {
  run_->manifest.requireProblem(request.cohort->problem);
  if (corruption_ != request.corruption) forgetPredictions();
  if (!prediction_ && !predict(request, stop, listener)) return;
  if (shown_ != request.toShow && !show(request, listener)) return;
  explain(request, listener);
  score(request, listener);
}

bool VolumeInspection::predict(const InspectionRequest& request, std::stop_token stop,
                               InspectionListener& listener) {
  corruption_ = request.corruption;
  prediction_ = volumePredictorOf(*run_).predict(
      *patient_, leftOutOf(*request.cohort, *request.info, corruption_), stop,
      progressTo(listener));
  return prediction_ != nullptr;
}

bool VolumeInspection::show(const InspectionRequest& request, InspectionListener& listener) {
  const auto result = std::make_shared<Segmentation>();
  result->number = request.toShow;
  result->set = request.setOf(prediction_->available());
  result->corruption = corruption_;
  const auto answer = prediction_->answer(result->set, request.superseded, progressTo(listener));
  if (!answer) return false;
  const RegionSchema& regions = run_->manifest.problem.regions;
  const auto& labels = std::get<std::shared_ptr<const LabelVolume>>(*answer);
  shown_ = request.toShow;
  result->labels = labels;
  result->ml = regionsMl(*labels, regions);
  result->standIns = std::get<std::vector<std::shared_ptr<const Volume>>>(prediction_->standIns());
  if (patient_->labels) {
    const Overlap overlap(*labels, *patient_->labels);
    result->dice.emplace();
    for (const Region& region : regions) result->dice->push_back(overlap.dice(region));
  }
  listener.onAnswer(result);
  return true;
}

/// Whatever is asked for meanwhile comes first, and this is then forgotten.
void VolumeInspection::explain(const InspectionRequest& request,
                               InspectionListener& listener) const {
  if (!request.question || corruption_ != Corruption::Absent) return;
  const auto& question = static_cast<const AttributionQuestion&>(*request.question);
  auto found =
      attribute(volumePredictorOf(*run_).segmenter(), *patient_, prediction_->casePrediction(),
                attributionOf(request, question), request.superseded,
                [&](int done, int total) { listener.onReplyProgress(done, total); });
  if (!found) return;
  const auto all = std::make_shared<Explanation>(std::move(found->front()));
  if (!all->attribution.maps.empty()) all->dominance = dominance(all->attribution);
  all->within = question.within;
  listener.onReply(all);
}

AttributionRequest VolumeInspection::attributionOf(const InspectionRequest& request,
                                                   const AttributionQuestion& question) const {
  AttributionTarget target{question.region};
  if (const auto& ball = question.within)
    target.picked = std::make_shared<const LabelVolume>(insideOf(*ball, patient_->grid));
  return {request.setOf(prediction_->available()), {target}, question.layer};
}

/// Whoever waits comes first, and it goes on afterwards.
void VolumeInspection::score(const InspectionRequest& request, InspectionListener& listener) {
  if (scoredFor_ != request.emptied) {
    scorer_.reset();
    nextScores_ = Scores::Dice;
    scoredFor_ = request.emptied;
  }
  for (; nextScores_; nextScores_ = followedBy(*nextScores_)) {
    if (!scorer_) scorer_.emplace(prediction_->scorer(*nextScores_));
    while (!scorer_->done()) {
      if (request.superseded.stop_requested()) return;
      scorer_->scoreNext(request.superseded);
    }
    listener.onScores(scorer_->table());
    scorer_.reset();
  }
}

}  // namespace modascope
