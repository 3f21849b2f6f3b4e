#include "app/jobs/inspection/picture_inspection.h"

#include "app/work/looking/stand_ins.h"
#include "core/data/picture_source.h"

namespace modascope {

std::shared_ptr<const InspectedCase> PictureInspection::load(
    const std::shared_ptr<const Cohort>& cohort, const CaseInfo& info, std::stop_token) {
  if (cohort_ != cohort) {
    source_.reset();
    source_ = std::make_shared<const PictureSource>(inspectImages(cohort->folder));
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
  prediction_.reset();
  rows_.clear();
  scoredFor_ = 0;
  shown_ = 0;
}

void PictureInspection::answer(const InspectionRequest& request, std::stop_token stop,
                               InspectionListener& listener) {
  if (corruption_ != request.corruption) forgetPredictions();
  if (!prediction_ && !predict(request, stop)) return;
  if (shown_ != request.toShow) show(request, listener);
  score(request, stop, listener);
}

bool PictureInspection::predict(const InspectionRequest& request, std::stop_token stop) {
  using Planes = std::vector<std::vector<float>>;
  run_->manifest.requireProblem(request.cohort->problem);
  corruption_ = request.corruption;
  const auto leftOut = leftOutOf(*request.cohort, *request.info, corruption_);
  auto prediction = run_->predictor->predict(*source_, *request.info, leftOut, stop);
  if (!prediction) return false;
  auto given = std::get<Planes>(prediction->standIns());
  given_ = given.empty() ? nullptr : std::make_shared<const Planes>(std::move(given));
  prediction_ = std::move(prediction);
  return true;
}

void PictureInspection::show(const InspectionRequest& request, InspectionListener& listener) {
  const auto answer = std::make_shared<PicturePrediction>();
  answer->number = request.toShow;
  answer->set = request.setOf(prediction_->available());
  answer->corruption = corruption_;
  answer->classes =
      std::get<std::shared_ptr<const LabelPicture>>(prediction_->answer(answer->set).value());
  answer->given = given_;
  if (reference() == Reference::Truth) answer->scores = pixelScoresOf(scoresOf(answer->set));
  shown_ = request.toShow;
  listener.onAnswer(answer);
}

Reference PictureInspection::reference() const {
  return sample_->labels.empty() ? Reference::AllModalities : Reference::Truth;
}

const SubsetTable::Row& PictureInspection::scoresOf(ModalitySet set) {
  auto row = rows_.find(set);
  if (row == rows_.end()) row = rows_.emplace(set, prediction_->scores(set).value()).first;
  return row->second;
}

/// Whoever waits comes first, and it goes on afterwards.
void PictureInspection::score(const InspectionRequest& request, std::stop_token stop,
                              InspectionListener& listener) {
  if (scoredFor_ == request.emptied) return;
  std::vector<ModalitySet> sets;
  for (const ModalitySet set : allSubsets(run_->manifest.problem.schema))
    if (prediction_->available().contains(set)) sets.push_back(set);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (stop.stop_requested() || request.superseded.stop_requested()) return;
    listener.onProgress(static_cast<int>(i), static_cast<int>(sets.size()));
    scoresOf(sets[i]);
  }
  scoredFor_ = request.emptied;
  listener.onScores(pictureTable(run_->manifest.problem, rows_, reference()));
}

}  // namespace modascope
