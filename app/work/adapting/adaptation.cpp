#include "app/work/adapting/adaptation.h"

#include <optional>
#include <utility>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_plan.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adapter_learning.h"
#include "app/work/running/held_run.h"
#include "app/work/running/recording.h"
#include "core/adapters/adapter_file.h"
#include "core/base/name_text.h"
#include "core/base/stopwatch.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_time.h"

namespace modascope {
namespace {

/// The plan comes before all else: whatever a kill leaves, it is known for an adaptation.
HeldRun newFolder(const AdaptationRequest& request, const AdapterLearning& learning) {
  std::optional<RunLock> lock;
  const auto first = [&](const std::filesystem::path& folder) {
    lock.emplace(folder);
    sweepTemporaries(folder);
    writePlan(folder, request);
  };
  RunConfig config = learning.config();
  if (!request.out.empty()) {
    RunFolder folder = RunFolder::createAt(request.out, config, first);
    return {std::move(folder), std::move(*lock)};
  }
  config.run.name += "-" + request.method;
  RunFolder folder = RunFolder::create(request.runs, config, first);
  return {std::move(folder), std::move(*lock)};
}

void describe(const RunFolder& folder, const AdapterLearning& learning) {
  RunManifest manifest = learning.manifest();
  manifest.id = textOf(folder.path().filename());
  manifest.created = isoTime();
  folder.writeManifest(manifest);
  RunStatus status = folder.status();
  status.steps = learning.stepsInAll();
  folder.writeStatus(status);
  const auto file = adaptersFile(folder.path());
  writeAdapters(file, learning.learntIn(file));
}

std::int64_t keptSteps(const RunFolder& folder, const AdapterLearning& learning) {
  const auto learnt = learning.learntIn(adaptersFile(folder.path())).subsets().size();
  return static_cast<std::int64_t>(learnt) * learning.steps();
}

HeldRun begun(const AdaptationRequest& request, const AdapterLearning& learning) {
  HeldRun held = newFolder(request, learning);
  describe(held.folder, learning);
  return held;
}

/// Its beginning may have been cut short.
HeldRun reopened(RunLock lock, const AdaptationRequest& request, const AdapterLearning& learning) {
  sweepTemporaries(request.out);
  RunFolder folder = RunFolder::completed(request.out, learning.config());
  folder.requireAtRest(lock.isFirm());
  if (!isThere(adaptersFile(folder.path()))) describe(folder, learning);
  folder.cutBackTo(keptSteps(folder, learning));
  return {std::move(folder), std::move(lock)};
}

/// The folder of this very adaptation, held before anything is decided by what lies in it; nothing
/// where it is not begun.
std::optional<RunLock> holdBegun(const AdaptationRequest& request) {
  if (!isPlanOf(request)) return std::nullopt;
  return RunLock(request.out);
}

/// All was written when the program ended, but for the state.
bool lacksItsEndOnly(const std::filesystem::path& run) {
  return isWholeAdaptation(run) && RunFolder::open(run).status().state == RunState::Interrupted;
}

TrainingOutcome concluded(const std::filesystem::path& run) {
  const RunFolder folder = RunFolder::open(run);
  RunStatus status = folder.status();
  status.state = RunState::Finished;
  folder.writeStatus(status);
  return {folder.path(), status.state, status.step, status.seconds};
}

/// Its beginning may have been cut short.
TrainingOutcome leftAsItWas(const std::filesystem::path& run) {
  if (!isThere(adaptersFile(run))) return {run, RunState::Interrupted};
  const RunStatus status = RunFolder::open(run).status();
  return {run, RunState::Interrupted, status.step, status.seconds};
}

RunState adaptIn(const RunFolder& folder, const AdapterLearning& learning,
                 const TrainingControl& control) {
  const auto file = adaptersFile(folder.path());
  control.observer->onState(RunState::Running, "");
  const auto learnt = learning.learn(learning.learntIn(file), file, control);
  const auto report = learnt ? learning.report(*learnt, control) : std::nullopt;
  if (report) writeAdaptation(folder.path(), *report);
  return report ? RunState::Finished : RunState::Interrupted;
}

}  // namespace

TrainingOutcome adaptRun(const AdaptationRequest& request, const TrainingControl& control) {
  std::optional<RunLock> lock = holdBegun(request);
  if (lock && lacksItsEndOnly(request.out)) return concluded(request.out);
  const Stopwatch watch;
  const auto prepared = AdapterLearning::prepare(request, control);
  const bool goesOn = lock && !isWholeAdaptation(request.out);
  if (!prepared)
    return goesOn ? leftAsItWas(request.out) : TrainingOutcome{{}, RunState::Interrupted};
  const AdapterLearning& learning = *prepared;
  const HeldRun held =
      goesOn ? reopened(std::move(*lock), request, learning) : begun(request, learning);
  const RunFolder& folder = held.folder;
  if (control.onFolder) control.onFolder(folder.path());
  const double secondsBefore = folder.status().seconds;
  Recording recording(folder, control.observer);
  TrainingControl recorded = control;
  recorded.observer = &recording;
  try {
    recording.onState(RunState::Preparing, "");
    if (const auto caution = held.lock.caution()) recording.onNote(*caution);
    recording.onModel(learning.model());
    const RunState state = adaptIn(folder, learning, recorded);
    recording.onState(state, "");
    if (state != RunState::Finished) folder.cutBackTo(keptSteps(folder, learning));
    return {folder.path(), state, folder.status().step, secondsBefore + watch.seconds()};
  } catch (const std::exception& error) {
    recording.fail(error.what());
    throw;
  }
}

}  // namespace modascope
