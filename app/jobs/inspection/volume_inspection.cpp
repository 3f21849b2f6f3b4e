#include "app/jobs/inspection/volume_inspection.h"

#include <algorithm>

#include "app/work/looking/stand_ins.h"
#include "core/inference/volumes/segmenter.h"
#include "core/inference/volumes/stand_in.h"
#include "core/metrics/dice.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

/// The case whose volumes stand in for others when they are another's.
const CaseInfo& otherOf(const InspectionRequest& request) {
  return stranger(*request.cohort, *request.info);
}

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
  opened.layers = attributionLayers(segmenterOf(*run_).model());
  opened.defaultLayer = defaultAttributionLayer(segmenterOf(*run_).model()).value_or("");
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
  standIns_.clear();
  scorer_.reset();
  nextScores_.reset();
  scoredFor_ = 0;
  shown_ = 0;
}

void VolumeInspection::answer(const InspectionRequest& request, std::stop_token stop,
                              InspectionListener& listener) {
  run_->manifest.requireProblem(request.cohort->problem);
  if (isOutdated(request)) forgetPredictions();
  if (!prediction_ && !predict(request, stop, listener)) return;
  if (shown_ != request.toShow && !show(request, listener)) return;
  explain(request, listener);
  score(request, listener);
}

bool VolumeInspection::isOutdated(const InspectionRequest& request) const {
  if (corruption_ != request.corruption) return true;
  return corruption_ == Corruption::Shuffled && otherId_ != otherOf(request).id;
}

bool VolumeInspection::predict(const InspectionRequest& request, std::stop_token stop,
                               InspectionListener& listener) {
  corruption_ = request.corruption;
  otherId_ = otherOf(request).id;
  standIns_.clear();
  prediction_ =
      segmenterOf(*run_).predict(*patient_, standInsOf(request), stop, progressTo(listener));
  return prediction_.has_value();
}

/// What they are like is noted when they are made.
StandIn VolumeInspection::standInsOf(const InspectionRequest& request) {
  StandIn standIn = standInFor(segmenterOf(*run_), corruption_, otherOf(request), Seed{});
  if (!standIn) return standIn;
  return [this, make = std::move(standIn)](const PreparedCase& intact) {
    PreparedCase given = make(intact);
    standIns_ = volumesOf(given);
    return given;
  };
}

/// As pictures beside the case's own.
std::vector<std::shared_ptr<const Volume>> VolumeInspection::volumesOf(
    const PreparedCase& given) const {
  std::vector<std::shared_ptr<const Volume>> volumes;
  for (const auto& volume : given.modalities) {
    volumes.push_back(nullptr);
    if (!volume || volume->voxels.empty()) continue;
    Volume seen = *volume;
    const float lowest = *std::min_element(seen.voxels.begin(), seen.voxels.end());
    for (float& v : seen.voxels) v = v == 0 ? 0 : v - lowest;
    volumes.back() = std::make_shared<const Volume>(resampleImage(seen, patient_->grid));
  }
  return volumes;
}

bool VolumeInspection::show(const InspectionRequest& request, InspectionListener& listener) {
  const auto result = std::make_shared<Segmentation>();
  result->number = request.toShow;
  result->set = request.setOf(prediction_->available());
  result->corruption = corruption_;
  auto segmented = prediction_->segment(result->set, request.superseded, progressTo(listener));
  if (!segmented) return false;
  const auto labels = std::make_shared<const LabelVolume>(std::move(*segmented));
  shown_ = request.toShow;
  result->labels = labels;
  result->ml = regionsMl(*labels, prediction_->regions());
  result->standIns = standIns_;
  if (patient_->labels) {
    const Overlap overlap(*labels, *patient_->labels);
    result->dice.emplace();
    for (const Region& region : prediction_->regions())
      result->dice->push_back(overlap.dice(region));
  }
  listener.onAnswer(result);
  return true;
}

/// Whatever is asked for meanwhile comes first, and this is then forgotten.
void VolumeInspection::explain(const InspectionRequest& request,
                               InspectionListener& listener) const {
  if (!request.question || corruption_ != Corruption::Absent) return;
  const auto& question = static_cast<const AttributionQuestion&>(*request.question);
  auto found = attribute(segmenterOf(*run_), *patient_, *prediction_,
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
    if (!scorer_)
      scorer_.emplace(*prediction_, truth(), run_->manifest.problem.schema, *nextScores_);
    while (!scorer_->done()) {
      if (request.superseded.stop_requested()) return;
      scorer_->scoreNext(request.superseded);
    }
    listener.onScores(scorer_->table());
    scorer_.reset();
  }
}

std::shared_ptr<const LabelVolume> VolumeInspection::truth() const {
  if (!patient_->labels) return nullptr;
  return {patient_, &*patient_->labels};
}

}  // namespace modascope
