#include "app/work/training/continuing.h"

#include "app/work/data_identity.h"
#include "app/work/training/extension.h"
#include "app/work/training/run_training.h"
#include "core/base/error.h"
#include "core/checkpoints/checkpoint_keeper.h"
#include "core/compute/compute.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/runs/run_lock.h"

namespace modascope {

void requireResumable(const RunFolder& run) {
  if (run.status().state == RunState::Finished)
    throw Error("The run " + run.path().string() +
                " is finished; there is nothing to resume. "
                "--set train.steps=N extends it.");
  if (!isThere(run.path() / "manifest.json"))
    throw Error("The run " + inQuotes(run.path()) +
                " ended before it had begun: it has no manifest.json. Start it again.");
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
