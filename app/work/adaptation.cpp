#include "app/work/adaptation.h"

#include <algorithm>

#include "app/work/adaptation_file.h"
#include "app/work/adapter_learning.h"
#include "app/work/recording.h"
#include "core/adapters/adapter_file.h"
#include "core/base/stopwatch.h"
#include "core/runs/run_time.h"

namespace modascope {
namespace {

RunFolder newFolder(const AdaptationRequest& request, const AdapterLearning& learning) {
  if (!request.out.empty()) return RunFolder::createAt(request.out, learning.config());
  RunConfig config = learning.config();
  config.run.name += "-" + request.method;
  return RunFolder::create(request.runs, config);
}

RunFolder begun(const AdaptationRequest& request, const AdapterLearning& learning) {
  RunFolder folder = newFolder(request, learning);
  RunManifest manifest = learning.manifest();
  manifest.id = folder.path().filename().string();
  manifest.created = isoTime();
  folder.writeManifest(manifest);
  RunStatus status = folder.status();
  status.steps = learning.stepsInAll();
  folder.writeStatus(status);
  writePlan(folder.path(), request);
  const auto file = adaptersFile(folder.path());
  writeAdapters(file, learning.learntIn(file));  // from now on the folder says what it is
  return folder;
}

std::int64_t keptSteps(const RunFolder& folder, const AdapterLearning& learning) {
  const auto learnt = learning.learntIn(adaptersFile(folder.path())).subsets().size();
  return static_cast<std::int64_t>(learnt) * learning.steps();
}

RunFolder reopened(const AdaptationRequest& request, const AdapterLearning& learning) {
  RunFolder folder = RunFolder::open(request.out);
  requireAtRest(folder);
  folder.cutBackTo(keptSteps(folder, learning));
  return folder;
}

/// All was written when the program ended, but for the state.
bool lacksItsEndOnly(const AdaptationRequest& request) {
  return isWholeAdaptation(request.out) && isPlanOf(request) &&
         RunFolder::open(request.out).status().state == RunState::Interrupted;
}

TrainingOutcome concluded(const RunFolder& folder) {
  RunStatus status = folder.status();
  status.state = RunState::Finished;
  folder.writeStatus(status);
  return {folder.path(), status.state, status.step, status.seconds};
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

double meanMain(const SubsetTable& table, const std::vector<ModalitySet>& of) {
  double sum = 0;
  int counted = 0;
  for (const SubsetTable::Row& row : table.rows) {
    if (row.cases == 0 || std::find(of.begin(), of.end(), row.set) == of.end()) continue;
    sum += mainScore(table.task, row.scores);
    ++counted;
  }
  return counted > 0 ? sum / counted : 0;
}

TrainingOutcome adaptRun(const AdaptationRequest& request, const TrainingControl& control) {
  if (lacksItsEndOnly(request)) return concluded(RunFolder::open(request.out));
  const Stopwatch watch;
  const AdapterLearning learning(request);
  const RunFolder folder = isPlanOf(request) && !isWholeAdaptation(request.out)
                               ? reopened(request, learning)
                               : begun(request, learning);
  if (control.onFolder) control.onFolder(folder.path());
  const double secondsBefore = folder.status().seconds;
  Recording recording(folder, control.observer);
  TrainingControl recorded = control;
  recorded.observer = &recording;
  try {
    recording.onState(RunState::Preparing, "");
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
