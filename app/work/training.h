#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>

#include "core/config/run_config.h"
#include "core/events/events.h"
#include "core/train/pause_switch.h"

namespace modascope {

/// What both the command line and the window start.
struct TrainingRequest {
  std::filesystem::path data;
  std::filesystem::path runs;  ///< the folder that runs are made in
  RunConfig config;
};

struct TrainingOutcome {
  std::filesystem::path run;
  RunState state = RunState::Finished;  ///< Finished, or Interrupted when stopped (resumable)
  std::int64_t steps = 0;               ///< done in the whole run
  double seconds = 0;                   ///< of training, all sittings
};

/// The outside's hold on a run: who hears of it, and how to pause and stop it.
struct TrainingControl {
  TrainObserver* observer = nullptr;
  PauseSwitch* pause = nullptr;
  std::stop_token stop;
  /// The run's folder, as soon as it is there.
  std::function<void(const std::filesystem::path&)> onFolder;
};

/// Runs on the caller's thread until the run is finished or stopped. A stop writes a checkpoint
/// first. Throws `Error`; the run's state then says failed, and why.
TrainingOutcome startTraining(const TrainingRequest& request, const TrainingControl& control);
/// Goes on from the last checkpoint. Throws `Error` when the run is finished or has none.
TrainingOutcome resumeTraining(const std::filesystem::path& run, const TrainingControl& control);

}  // namespace modascope
