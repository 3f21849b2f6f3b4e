#include "app/jobs/inspection/trained_inspection.h"

#include "core/base/error.h"

namespace modascope {

OpenedRun TrainedInspection::openRun(const std::filesystem::path& folder,
                                     std::optional<std::int64_t> snapshot) {
  TrainedRun run = openTrainedRun(folder, snapshot ? snapshotCheckpoint(*snapshot) : "last");
  requireFit(run);
  run_ = std::move(run);
  return openedRunOf(*run_);
}

void TrainedInspection::requireFit(const TrainedRun& run) const {
  if (factsOf(run.manifest.problem.task).data == only_) return;
  throw Error("The run " + inQuotes(run.folder) + " is for " +
              std::string(keyOf(run.manifest.problem.task)) +
              ", not for these data; open its own, " + inQuotes(run.manifest.data) +
              ", to look at it.");
}

void TrainedInspection::closeRun() {
  forgetPredictions();
  run_.reset();
}

}  // namespace modascope
