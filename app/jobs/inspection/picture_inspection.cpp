#include "app/jobs/inspection/picture_inspection.h"

#include "app/work/looking/stand_ins.h"
#include "core/base/error.h"
#include "core/data/picture_source.h"
#include "core/inference/samples/picture_predictions.h"

namespace modascope {

PictureInspection::PictureInspection() : TrainedInspection(DataKind::Pictures) {}
PictureInspection::~PictureInspection() = default;

std::shared_ptr<const InspectedCase> PictureInspection::load(
    const std::shared_ptr<const Cohort>& cohort, const CaseInfo& info, std::stop_token) {
  if (cohort_ != cohort) {
    source_.reset();
    source_ = std::make_unique<PictureSource>(inspectImages(cohort->folder));
    cohort_ = cohort;
  }
  sample_ = source_->picture(info.id);
  const auto loaded = std::make_shared<InspectedPicture>();
  loaded->available = ModalitySet::fromBits(sample_->available);
  loaded->sample = sample_;
  return loaded;
}

void PictureInspection::closeCase() {
  forgetPredictions();
  sample_.reset();
}

void PictureInspection::forgetPredictions() {
  predictions_.reset();
  scores_.reset();
  told_ = 0;
  shown_ = 0;
}

void PictureInspection::answer(const InspectionRequest& request, std::stop_token stop,
                               InspectionListener& listener) {
  prepare(request);
  if (shown_ != request.toShow) show(request, listener);
  score(request, stop, listener);
}

ModalitySet PictureInspection::available() const {
  const auto there = ModalitySet::fromBits(sample_->available);
  if (!there) throw Error("Case " + sample_->id + " has no picture.");
  return *there;
}

/// The network's input, and what its answers are compared with.
void PictureInspection::prepare(const InspectionRequest& request) {
  if (predictions_ && corruption_ == request.corruption) return;
  forgetPredictions();
  corruption_ = request.corruption;
  const auto& moments = run_->manifest.moments;
  run_->manifest.requireProblem(request.cohort->problem);
  const Sample sample = source_->get(*request.info, moments);
  const auto other = [&] {
    return source_->get(stranger(*request.cohort, *request.info), moments);
  };
  given_.reset();
  if (corruption_ != Corruption::Absent)
    given_ = std::make_shared<const std::vector<std::vector<float>>>(
        pictureGiven(*run_, sample, corruption_, other));
  predictions_ = std::make_unique<PicturePredictions>(
      predictionsFor(*run_, sample, corruption_, other), sample_->height, sample_->width);
  prepareScores();
}

void PictureInspection::prepareScores() {
  using Classes = std::shared_ptr<const std::vector<std::uint8_t>>;
  const bool known = !sample_->labels.empty();
  const auto all = known ? nullptr : predictions_->classes(available());
  scores_.emplace(run_->manifest.problem,
                  known ? Classes(sample_, &sample_->labels) : Classes(all, &all->values),
                  known ? Reference::Truth : Reference::AllModalities);
}

void PictureInspection::show(const InspectionRequest& request, InspectionListener& listener) {
  const auto answer = std::make_shared<PicturePrediction>();
  answer->number = request.toShow;
  answer->set = request.setOf(available());
  answer->corruption = corruption_;
  answer->classes = predictions_->classes(answer->set);
  answer->given = given_;
  shown_ = request.toShow;
  if (scores_->reference() == Reference::Truth) answer->scores = scores_->of(*answer->classes);
  scores_->add(answer->set, *answer->classes);
  listener.onAnswer(answer);
}

/// Whoever waits comes first, and it goes on afterwards.
void PictureInspection::score(const InspectionRequest& request, std::stop_token stop,
                              InspectionListener& listener) {
  if (told_ == request.emptied) return;
  std::vector<ModalitySet> sets;
  for (const ModalitySet set : allSubsets(run_->manifest.problem.schema))
    if (available().contains(set)) sets.push_back(set);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (stop.stop_requested() || request.superseded.stop_requested()) return;
    listener.onProgress(static_cast<int>(i), static_cast<int>(sets.size()));
    if (!scores_->has(sets[i])) scores_->add(sets[i], *predictions_->classes(sets[i]));
  }
  told_ = request.emptied;
  listener.onScores(scores_->table());
}

}  // namespace modascope
