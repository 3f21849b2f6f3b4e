#pragma once

#include <filesystem>
#include <optional>

#include "app/work/cohort_data.h"
#include "app/work/running/held_run.h"
#include "app/work/running/run_control.h"
#include "app/work/training/initial_weights.h"
#include "core/config/run_config.h"
#include "core/runs/run_store.h"

namespace modascope {

/// What both the command line and the window start.
struct TrainingRequest {
  std::filesystem::path data;
  std::filesystem::path runs;  ///< the folder that runs are made in
  RunConfig config;
  std::optional<InitialWeights> init = {};  ///< where they are not the seed's
};

/// A new run's folder, with all that training needs to begin; held before anything lies in it that
/// another program could go on with. Throws `Error`, before it is made, when the data, the settings
/// or the weights to start from are not what they should be.
HeldRun makeRun(const TrainingRequest& request, const CohortData& data);

/// Runs on the caller's thread until the run is finished or stopped. A stop writes a checkpoint
/// first. Throws `Error`; the run's state then says failed, and why.
TrainingOutcome startTraining(const TrainingRequest& request, const TrainingControl& control);

}  // namespace modascope
