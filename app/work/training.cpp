#include "app/work/training.h"

#include "app/work/adaptation_file.h"
#include "app/work/cohort_data.h"
#include "app/work/extension.h"
#include "app/work/recording.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "app/work/validation.h"
#include "core/base/available_memory.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/stopwatch.h"
#include "core/base/unfinished.h"
#include "core/models/model.h"
#include "core/models/torch_errors.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "core/train/checkpoint_keeper.h"
#include "core/train/compute.h"
#include "core/train/foreign_weights.h"
#include "core/train/gradient_method.h"
#include "core/train/memory_measure.h"
#include "core/train/trainer.h"

namespace modascope {
namespace {

Validator makeValidator(const RunConfig& config, const RunManifest& manifest,
                        const std::shared_ptr<MultimodalModel>& model, const CohortData& data,
                        TrainObserver& observer) {
  if (config.train.validateEvery == 0 || !data.splits.contains("valid")) return {};
  const auto evaluator = std::make_shared<const Evaluator>(model, config, manifest, data.samples);
  return [evaluator, cases = data.labelled("valid"), task = manifest.task,
          &observer](std::stop_token stop) -> std::optional<ValidationScores> {
    const auto table = evaluator->evaluate(
        cases, stop, {.starting = tellingOf(RunPhase::Validating, cases.size(), observer)});
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
  const MemoryEstimate estimate =
      problem.task == Task::Segmentation3d
          ? estimateStep(config, *model)
          : withTorchErrors([&] { return measureStep(config, problem, model, available); },
                            memoryAdvice(config, problem.task));
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
    throw Error("The run " + run.path().string() + " is finished; there is nothing to resume. "
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
    Trainer trainer({config, model, makeSampler(config, manifest, data), folder.checkpoints(),
                     makeValidator(config, manifest, model, data, recording), manifest.inputs,
                     manifest.task});
    if (goOn) trainer.resume();
    const RunState state = trainer.run(recording, control.pause, control.stop);
    recording.onState(state, "");
    return {folder.path(), state, trainer.step(), secondsBefore + watch.seconds()};
  } catch (const std::exception& error) {
    recording.fail(error.what());
    throw;
  }
}

}  // namespace

std::optional<InitialWeights> initialWeightsOf(const RunFolder& run) {
  const auto file = initialWeightsFile(run);
  if (!isThere(file)) return std::nullopt;
  return InitialWeights{file, "modascope"};
}

RunFolder makeRun(const TrainingRequest& request, const CohortData& data) {
  RunManifest manifest = describeRun(request.data, request.config, data);
  const auto model = makeNetwork(request.config, manifest);
  // Refused before a folder is made.
  GradientMethod(request.config, model);
  if (request.init) importWeights(request.init->file, NameMap::open(request.init->map), *model);
  const RunFolder folder = RunFolder::create(request.runs, request.config);
  const Unfinished unfinished(folder.path());
  if (request.init) writeWeights(initialWeightsFile(folder), *model, {});
  manifest.id = folder.path().filename().string();
  manifest.parameters = model->layout().total();
  folder.writeManifest(manifest);
  return folder;
}

TrainingOutcome startTraining(const TrainingRequest& request, const TrainingControl& control) {
  setThreads(request.config.compute.threads);
  CohortData data = openCohortData(request.data, request.config);
  const auto weighed = weighNewRun(request.config, data.cohort.problem());
  const RunFolder folder = makeRun(request, data);
  const RunLock lock(folder.path());
  if (const auto caution = lock.caution()) data.notes.push_back(*caution);
  if (request.init)
    data.notes.push_back("It starts from the weights in " + inQuotes(request.init->file) + ".");
  if (control.onFolder) control.onFolder(folder.path());
  return trainIn(folder, data, control, false, weighed);
}

TrainingOutcome resumeTraining(const std::filesystem::path& run, const TrainingControl& control) {
  if (isAdaptation(run)) return resumeAdaptation(run, control);
  const RunFolder folder = RunFolder::open(run);
  const RunLock lock(folder.path());
  folder.requireAtRest(lock.isFirm());
  requireResumable(folder);
  sweepTemporaries(folder.path());
  const RunConfig config = folder.config();
  setThreads(config.compute.threads);
  const RunManifest manifest = folder.manifest();
  CohortData data = openCohortData(manifest.data, manifest);
  if (const auto caution = lock.caution()) data.notes.push_back(*caution);
  data.splits = manifest.splits;
  if (fingerprintOf(data.labelled("train")) != manifest.dataFingerprint)
    throw Error("The data in " + manifest.data.string() +
                " have changed since the run was started; resuming would mix two experiments. "
                "Start a new run instead.");
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
