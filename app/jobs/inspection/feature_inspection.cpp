#include "app/jobs/inspection/feature_inspection.h"

#include "app/work/looking/stand_ins.h"

namespace modascope {
namespace {

constexpr std::uint64_t kSeed = 1;  ///< of a split that the file does not tell

}  // namespace

std::filesystem::path FeatureInspection::runFolder() const {
  return run_ ? run_->folder : std::filesystem::path();
}

/// Another run standardises otherwise.
bool FeatureInspection::isCaseOutdated() const {
  return data_ && byRun_ != runFolder();
}

/// The run's own splits and task hold, so another run reads the file again. A sample can be looked
/// at even if the run is for other data.
void FeatureInspection::openData(const std::shared_ptr<const Cohort>& cohort,
                                 const std::stop_token& stop) {
  if (cohort_ == cohort && byRun_ == runFolder()) return;
  data_.reset();
  scores_.clear();
  unfit_ = nullptr;
  cohort_.reset();
  byRun_ = runFolder();
  try {
    if (run_) data_ = openCohortData(cohort->folder, run_->manifest, stop);
  } catch (...) {
    if (stop.stop_requested()) throw;
    unfit_ = std::current_exception();
  }
  const bool byRun = data_.has_value();
  if (!byRun) data_ = openCohortData(cohort->folder, kSeed, stop);
  moments_ = byRun ? run_->manifest.moments : momentsOf(*data_);
  labels_ = labelFactsOf(*data_, moments_);
  cohort_ = cohort;
}

std::shared_ptr<const InspectedCase> FeatureInspection::load(
    const std::shared_ptr<const Cohort>& cohort, const CaseInfo& info, std::stop_token stop) {
  openData(cohort, stop);
  const auto sample = std::make_shared<LoadedSample>(data_->cohort.problem);
  sample->look = lookAt(*data_, info, moments_);
  sample->available = sample->look.available;
  sample->labels = labels_;
  return sample;
}

void FeatureInspection::closeCase() {
  answeredFor_ = 0;
}

void FeatureInspection::forgetPredictions() {
  answeredFor_ = 0;
  scores_.clear();
}

void FeatureInspection::answer(const InspectionRequest& request, std::stop_token stop,
                               InspectionListener& listener) {
  if (unfit_) std::rethrow_exception(unfit_);
  answerAll(request, stop, listener);
  if (!stop.stop_requested()) score(request, listener);
}

void FeatureInspection::answerAll(const InspectionRequest& request, std::stop_token stop,
                                  InspectionListener& listener) {
  if (answeredFor_ == request.emptied) return;
  const auto leftOut = leftOutOf(data_->cohort, *request.info, request.corruption);
  const auto said = run_->predictor->predict(*data_->source, *request.info, leftOut, stop);
  auto outputs = said ? outputsOf(run_->manifest.problem, *said, stop) : std::nullopt;
  if (!outputs) return;
  const auto shared = contributionsTo(*outputs, labels_.mean);
  const auto all = std::make_shared<SampleAnswer>(std::move(*outputs), shared);
  all->number = request.toShow;
  all->set = all->outputs.available;
  all->corruption = request.corruption;
  all->id = request.info->id;
  all->standIns = std::get<std::vector<std::vector<float>>>(said->standIns());
  answeredFor_ = request.emptied;
  listener.onAnswer(all);
}

/// Whoever waits comes first, and it begins anew afterwards.
void FeatureInspection::score(const InspectionRequest& request, InspectionListener& listener) {
  if (!request.question) return;
  const auto& question = static_cast<const SplitQuestion&>(*request.question);
  const std::pair which(question.split, request.corruption);
  auto known = scores_.find(which);
  if (known == scores_.end()) {
    auto scores = scoresOf(*run_, *data_, which.first, which.second, request.superseded);
    if (!scores) return;
    known = scores_.emplace(which, std::move(*scores)).first;
  }
  listener.onReply(std::make_shared<RepliedScores>(known->second));
}

}  // namespace modascope
