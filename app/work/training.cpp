#include "app/work/training.h"

#include <set>
#include <utility>

#include "app/work/adaptation_file.h"
#include "app/work/cohort_data.h"
#include "app/work/cohort_examination.h"
#include "app/work/data_identity.h"
#include "app/work/extension.h"
#include "app/work/recording.h"
#include "app/work/run_losses.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "app/work/validation.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/checkpoints/checkpoint_keeper.h"
#include "core/checkpoints/foreign_weights.h"
#include "core/compute/compute.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/models/factory/model_factory.h"
#include "core/problem/case_words.h"
#include "core/runs/run_store.h"
#include "core/system/available_memory.h"
#include "core/train/gradient_method.h"
#include "core/train/memory_measure.h"
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

/// Where a run's facts go.
struct RunEnds {
  TrainObserver& observer;  ///< outlives who is told of it
  std::shared_ptr<RunLosses> losses;
};

Validator makeValidator(const RunConfig& config, const RunManifest& manifest,
                        const std::shared_ptr<MultimodalModel>& model, const CohortData& data,
                        const RunEnds& ends) {
  if (config.train.validateEvery == 0 || !data.splits.contains("valid")) return {};
  std::vector<CaseInfo> cases = data.usable("valid");
  if (cases.empty()) {
    ends.observer.onNote("No " + std::string(caseWord(manifest.task)) +
                         " of the split 'valid' can be used: nothing is validated.");
    return {};
  }
  const auto evaluator = std::make_shared<const Evaluator>(model, config, manifest, data.source);
  const auto told = std::make_shared<ValidationLosses>(ends.observer, ends.losses, cases.size());
  EvaluationOptions options;
  options.starting = tellingOf(RunPhase::Validating, cases.size(), ends.observer);
  options.leftOut = [told](const CaseInfo& info, const std::string& why) { told->add(info, why); };
  options.check = [files = data.files](const CaseInfo& info) { requireUnchanged(files, info); };
  return [evaluator, cases, options,
          task = manifest.task](std::stop_token stop) -> std::optional<ValidationScores> {
    const auto table = evaluator->evaluate(cases, stop, options);
    if (!table) return std::nullopt;
    return ValidationScores{table->columns, table->mean(), mainScore(task, table->mean())};
  };
}

std::filesystem::path initialWeightsFile(const RunFolder& folder) {
  return folder.checkpoints() / (std::string(kInitialWeights) + ".safetensors");
}

std::shared_ptr<MultimodalModel> networkAtStart(const RunFolder& folder, const RunConfig& config,
                                                const RunManifest& manifest) {
  auto model = makeNetwork(config, manifest);
  if (const auto init = initialWeightsOf(folder)) readWeights(init->file, *model);
  return model;
}

struct WeighedStep {
  MemoryEstimate estimate;
  std::optional<std::uint64_t> available;
};

/// What a step takes; nothing where the device has memory of its own. Throws when it surely does
/// not fit.
std::optional<WeighedStep> weighStep(const RunConfig& config, const Problem& problem,
                                     const std::shared_ptr<const MultimodalModel>& model) {
  if (!model->parameters().device().is_cpu()) return std::nullopt;
  const auto available = availableMemory();  // trying out takes some for good
  const MemoryEstimate estimate = memoryOfStep(config, problem, model, available);
  requireMemory(estimate, available, config, problem.task);
  return WeighedStep{estimate, available};
}

/// Before a folder is made: a run that cannot take its first step leaves none.
std::optional<WeighedStep> weighNewRun(const RunConfig& config, const Problem& problem) {
  return weighStep(config, problem,
                   makeModel(config, problem, chooseDevice(config.compute.device)));
}

void requireResumable(const RunFolder& run) {
  if (run.status().state == RunState::Finished)
    throw Error("The run " + run.path().string() +
                " is finished; there is nothing to resume. "
                "--set train.steps=N extends it.");
  if (!isThere(run.path() / "manifest.json"))
    throw Error("The run " + inQuotes(run.path()) +
                " ended before it had begun: it has no manifest.json. Start it again.");
}

TrainingOutcome resumeAdaptation(const std::filesystem::path& run, const TrainingControl& control) {
  const AdaptationRequest plan = readPlan(run);
  if (isWholeAdaptation(run)) requireResumable(RunFolder::open(run));
  return adaptRun(plan, control);
}

/// Trains in a folder that has its config and manifest. What goes wrong is written down there
/// before it goes on its way.
TrainingOutcome trainIn(const RunFolder& folder, const CohortData& data,
                        const TrainingControl& control, bool goOn,
                        std::optional<WeighedStep> weighed) {
  const Stopwatch watch;
  const RunConfig config = folder.config();
  const RunManifest manifest = folder.manifest();
  const double secondsBefore = folder.status().seconds;
  Recording recording(folder, control.observer);
  try {
    recording.onState(RunState::Preparing, "");
    for (const std::string& note : data.notes) recording.onNote(note);
    const auto model = networkAtStart(folder, config, manifest);
    recording.onModel(model->describe());
    if (!weighed) weighed = weighStep(config, manifest.problem(), model);
    if (weighed) recording.onNote(describe(weighed->estimate, weighed->available));
    const auto losses = std::make_shared<RunLosses>(folder, data);
    const auto lose = [losses](const CaseInfo& info, const std::string& why) {
      losses->add(info, "train", why);
    };
    Trainer trainer({config, model, makeSampler(config, manifest, data, lose), folder.checkpoints(),
                     makeValidator(config, manifest, model, data, {recording, losses}),
                     manifest.inputs, manifest.task});
    if (goOn) trainer.resume();
    const RunState state = trainer.run(recording, control.pause, control.stop);
    recording.onState(state, "");
    return {folder.path(), state, trainer.step(), secondsBefore + watch.seconds()};
  } catch (const std::exception& error) {
    recording.fail(error.what());
    throw;
  }
}

/// Opens what is trained on and looks at it. Nothing when stopped.
std::optional<CohortData> examinedData(const std::function<CohortData()>& open,
                                       const TrainingControl& control) {
  try {
    CohortData data = open();
    if (!examine(data, {"train", "valid"}, tellingLooks(control.observer), control.stop))
      return std::nullopt;
    return data;
  } catch (const Error&) {  // so does reading that is stopped end
    if (control.stop.stop_requested()) return std::nullopt;
    throw;
  }
}

}  // namespace

std::optional<InitialWeights> initialWeightsOf(const RunFolder& run) {
  const auto file = initialWeightsFile(run);
  if (!isThere(file)) return std::nullopt;
  return InitialWeights{file, "modascope"};
}

HeldRun makeRun(const TrainingRequest& request, const CohortData& data) {
  RunManifest manifest = describeRun(request.data, request.config, data);
  const auto model = makeNetwork(request.config, manifest);
  // Refused before a folder is made.
  GradientMethod(request.config, model);
  if (request.init) importWeights(request.init->file, NameMap::open(request.init->map), *model);
  std::optional<RunLock> lock;
  const RunFolder folder = RunFolder::create(
      request.runs, request.config, [&](const std::filesystem::path& made) { lock.emplace(made); });
  const Unfinished unfinished(folder.path());
  if (request.init) writeWeights(initialWeightsFile(folder), *model, {});
  manifest.id = folder.path().filename().string();
  manifest.parameters = model->layout().total();
  folder.writeManifest(manifest);
  writeDataFiles(folder, data);
  return {folder, std::move(*lock)};
}

TrainingOutcome startTraining(const TrainingRequest& request, const TrainingControl& control) {
  setThreads(request.config.compute.threads);
  auto opened = examinedData(
      [&] { return openCohortData(request.data, request.config, control.stop); }, control);
  if (!opened) return {{}, RunState::Interrupted, 0, 0};
  CohortData& data = *opened;
  const auto weighed = weighNewRun(request.config, data.cohort.problem());
  const auto [folder, lock] = makeRun(request, data);
  if (const auto caution = lock.caution()) data.notes.push_back(*caution);
  if (request.init)
    data.notes.push_back("It starts from the weights in " + inQuotes(request.init->file) + ".");
  if (control.onFolder) control.onFolder(folder.path());
  return trainIn(folder, data, control, false, weighed);
}

TrainingOutcome resumeTraining(const std::filesystem::path& run, const TrainingControl& control) {
  if (isAdaptation(run)) return resumeAdaptation(run, control);
  const RunFolder folder = RunFolder::open(run);
  return resumeHeld(folder, RunLock(folder.path()), control);
}

TrainingOutcome resumeHeld(const RunFolder& folder, const RunLock& lock,
                           const TrainingControl& control) {
  folder.requireAtRest(lock.isFirm());
  requireResumable(folder);
  sweepTemporaries(folder.path());
  const RunConfig config = folder.config();
  setThreads(config.compute.threads);
  const RunManifest manifest = folder.manifest();
  const auto open = [&] {
    CohortData found = openCohortData(manifest.data, manifest, control.stop);
    if (const auto caution = lock.caution()) found.notes.push_back(*caution);
    takeSplits(manifest, found);
    return found;
  };
  auto opened = examinedData(open, control);
  if (!opened)
    return {folder.path(), RunState::Interrupted, folder.status().step, folder.status().seconds};
  CohortData& data = *opened;
  if (const auto change = changeSince(folder, manifest, data))
    throw Error("The data in " + manifest.data.string() +
                " have changed since the run was started (" + *change +
                "); resuming would mix two experiments. Start a new run instead.");
  const auto point = findResumePoint(folder.checkpoints());
  folder.cutBackTo(point ? point->progress.step : 0);  // what came after it is done again
  if (point && !point->note.empty()) data.notes.push_back(point->note);
  const auto extensions = extensionsOf(folder.path());
  if (!extensions.empty() && extensions.back().atStep == (point ? point->progress.step : 0))
    data.notes.push_back(rateWords(extensions.back(), config.train.lr));
  if (control.onFolder) control.onFolder(folder.path());
  return trainIn(folder, data, control, true, {});
}

}  // namespace modascope
