#include "app/work/run_plan.h"

#include <algorithm>
#include <numeric>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/cohort_data.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "core/base/stopwatch.h"
#include "core/compute/compute.h"
#include "core/data/sampler.h"
#include "core/models/torch_errors.h"
#include "core/runs/run_store.h"
#include "core/system/available_memory.h"
#include "core/system/usable_cores.h"
#include "core/train/gradient_method.h"
#include "core/train/memory_measure.h"

namespace modascope {
namespace {

template <typename Counts>
std::size_t countIn(const Cohort& cohort, const Splits& splits, const char* name, Counts counts) {
  const auto split = splits.find(name);
  if (split == splits.end()) return 0;
  return static_cast<std::size_t>(
      std::count_if(split->second.begin(), split->second.end(), [&](const std::string& id) {
        const CaseInfo* info = cohort.find(id);
        return info != nullptr && counts(*info);
      }));
}

Splits splitsFor(const Cohort& cohort, const RunConfig& config) {
  std::vector<std::string> notes;
  const Folds folds{config.data.folds, config.data.fold};
  const PatientRule patients(config.data.patient);
  if (folds == Folds{})
    return splitsOf(cohort, static_cast<std::uint64_t>(config.train.seed), notes, patients);
  return foldSplits(cohort, folds, notes, patients);
}

Problem problemOf(const Cohort& cohort, const RunConfig& config) {
  const Problem& problem = cohort.problem;
  if (config.data.task == "auto") return problem;
  return askedFor(problem, taskFrom(config.data.task)).value_or(problem);
}

std::int64_t validationsOf(const RunConfig::Train& train) {
  if (train.validateEvery == 0) return 0;
  return (train.steps + train.validateEvery - 1) / train.validateEvery;
}

void weighMemory(const RunConfig& config, const Problem& problem, RunPlan& plan) {
  const RunManifest manifest(problem);
  setThreads(config.compute.threads);
  const auto available = availableMemory();
  const auto model = makeNetwork(config, manifest);
  if (!model->parameters().device().is_cpu()) return;
  const MemoryEstimate estimate = memoryOfStep(config, problem, model, available);
  plan.memory = describe(estimate, available);
  if (surelyExceeds(estimate, available)) plan.advice = memoryAdvice(config, problem.task);
}

/// Whether a step of one takes as long as a step of the other.
bool isAsFast(const RunConfig& a, const RunConfig& b) {
  const auto& s = a.train;
  const auto& t = b.train;
  return a.model == b.model && a.gmd == b.gmd && a.data.spacing == b.data.spacing &&
         a.compute.device == b.compute.device && a.compute.precision == b.compute.precision &&
         s.method == t.method && s.loss == t.loss && s.batch == t.batch && s.crop == t.crop &&
         s.observeEvery == t.observeEvery;
}

/// Mean over the steps but the first, which waits for much to be set up.
double meanSeconds(const std::vector<StepEvent>& steps) {
  const auto from = steps.begin() + (steps.size() > 1 ? 1 : 0);
  const double sum = std::accumulate(
      from, steps.end(), 0.0, [](double all, const StepEvent& step) { return all + step.seconds; });
  return sum / static_cast<double>(steps.end() - from);
}

/// What passed between the step that was validated and the next, but for that one itself.
std::optional<double> validationSeconds(const std::vector<StepEvent>& steps,
                                        const std::vector<ValidationEvent>& validations) {
  std::optional<double> last;
  for (const ValidationEvent& event : validations)
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
      const StepEvent& next = steps[i + 1];
      if (steps[i].step != event.step || next.step != event.step + 1) continue;
      const double gap = next.elapsedSeconds - next.seconds - steps[i].elapsedSeconds;
      if (gap > 0) last = gap;  // otherwise it was resumed between them
    }
  return last;
}

std::optional<KnownPace> paceOf(const RunFolder& run, const RunConfig& config,
                                const Problem& problem, std::size_t valid) {
  if (isAdaptation(run.path()) || !isAsFast(run.config(), config)) return std::nullopt;
  const RunManifest manifest = run.manifest();
  if (manifest.problem != problem || manifest.processor != processorName() ||
      manifest.threads != threadsOf(config.compute.threads))
    return std::nullopt;
  const auto steps = run.steps();
  if (steps.empty()) return std::nullopt;
  KnownPace pace{meanSeconds(steps), std::nullopt, run.path().filename().string()};
  const auto split = manifest.splits.find("valid");
  if (split != manifest.splits.end() && split->second.size() == valid)
    pace.secondsPerValidation = validationSeconds(steps, run.validations());
  return pace;
}

std::optional<KnownPace> knownPace(const std::filesystem::path& runs, const RunConfig& config,
                                   const Problem& problem, std::size_t valid) {
  for (const RunFolder& run : listRuns(runs)) {
    try {
      if (const auto pace = paceOf(run, config, problem, valid)) return pace;
    } catch (const std::exception&) {
      continue;  // a folder that is no longer a run tells nothing
    }
  }
  return std::nullopt;
}

}  // namespace

RunPlan planRun(const Cohort& cohort, const RunConfig& config, const std::filesystem::path& runs) {
  const Splits splits = splitsFor(cohort, config);
  const Problem problem = problemOf(cohort, config);
  RunPlan plan;
  const auto labelled = [](const CaseInfo& info) { return info.labelled(); };
  plan.train = countIn(cohort, splits, "train", labelled);
  plan.valid = countIn(cohort, splits, "valid", labelled);
  plan.test = countIn(cohort, splits, "test", [](const CaseInfo& info) { return info.usable(); });
  plan.excluded =
      static_cast<std::size_t>(std::count_if(cohort.cases.begin(), cohort.cases.end(),
                                             [](const CaseInfo& info) { return !info.usable(); }));
  plan.steps = config.train.steps;
  plan.validations = plan.valid > 0 ? validationsOf(config.train) : 0;
  weighMemory(config, problem, plan);
  plan.pace = knownPace(runs, config, problem, plan.valid);
  return plan;
}

KnownPace tryStep(const std::filesystem::path& data, const RunConfig& config) {
  const torch::NoGradGuard noGrad;
  setThreads(config.compute.threads);
  const RunParts parts = cohortParts(data, config);
  const GradientMethod method(config, parts.model);
  const auto take = [&](std::int64_t step) {
    withTorchErrors([&] { return method.compute(parts.batches->batch(step), step); });
  };
  take(0);
  const Stopwatch watch;
  take(1);
  return {watch.seconds(), std::nullopt, {}};
}

}  // namespace modascope
