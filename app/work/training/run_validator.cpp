#include "app/work/training/run_validator.h"

#include <set>

#include "app/work/cohort_examination.h"
#include "app/work/run_network.h"
#include "app/work/running/recording.h"
#include "core/problem/task_facts.h"
#include "core/train/trainer.h"

namespace modascope {
namespace {

/// Says once of every validation case that it can no longer be scored, and how many still are.
class ValidationLosses {
 public:
  ValidationLosses(TrainObserver& observer, std::shared_ptr<RunLosses> losses, std::size_t cases)
      : observer_(observer), losses_(std::move(losses)), cases_(cases) {}

  void add(const CaseInfo& info, const std::string& why) {
    if (!lost_.insert(info.id).second) return;
    losses_->add(info, "valid", why);
    observer_.onNote("From now on " + info.id + " is left out of validation: " + why + " " +
                     std::to_string(cases_ - lost_.size()) + " of " + std::to_string(cases_) +
                     " are still scored.");
  }

 private:
  TrainObserver& observer_;
  std::shared_ptr<RunLosses> losses_;
  std::size_t cases_;
  std::set<std::string> lost_;
};

}  // namespace

Validator makeValidator(const RunConfig& config, const RunManifest& manifest,
                        const std::shared_ptr<MultimodalModel>& model, const CohortData& data,
                        const RunEnds& ends) {
  if (config.train.validateEvery == 0 || !data.splits.contains("valid")) return {};
  std::vector<CaseInfo> cases = data.usable("valid");
  if (cases.empty()) {
    ends.observer.onNote("No " + std::string(factsOf(manifest.problem.task).caseWord) +
                         " of the split 'valid' can be used: nothing is validated.");
    return {};
  }
  const auto predictor = predictorOf(model, config, manifest);
  const auto told = std::make_shared<ValidationLosses>(ends.observer, ends.losses, cases.size());
  EvaluationOptions options;
  options.starting = tellingOf(RunPhase::Validating, cases.size(), ends.observer);
  options.leftOut = [told](const CaseInfo& info, const std::string& why) { told->add(info, why); };
  options.check = [files = data.files](const CaseInfo& info) { requireUnchanged(files, info); };
  return [predictor, source = data.source, cases, options,
          task = manifest.problem.task](std::stop_token stop) -> std::optional<ValidationScores> {
    const auto table = predictor->evaluate(*source, cases, stop, options);
    if (!table) return std::nullopt;
    return ValidationScores{table->columns, table->mean(), mainScore(task, table->mean())};
  };
}

}  // namespace modascope
