#include "app/jobs/inspection/trained_inspection.h"

namespace modascope {

OpenedRun TrainedInspection::openRun(const std::filesystem::path& folder,
                                     std::optional<std::int64_t> snapshot) {
  TrainedRun run = openTrainedRun(folder, snapshot ? snapshotCheckpoint(*snapshot) : "last");
  requireFit(run);
  run_ = std::move(run);
  return openedRunOf(*run_);
}

void TrainedInspection::closeRun() {
  forgetPredictions();
  run_.reset();
}

}  // namespace modascope
