#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "app/work/cohort_data.h"
#include "core/config/run_config.h"
#include "core/events/events.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "core/train/pause_switch.h"

namespace modascope {

/// Weights that were trained elsewhere, and what their tensors are called (`NameMap::open`).
struct InitialWeights {
  std::filesystem::path file;
  std::string map = "modascope";
};

/// The weights that a run began with, where they were not the seed's.
std::optional<InitialWeights> initialWeightsOf(const RunFolder& run);

/// What both the command line and the window start.
struct TrainingRequest {
  std::filesystem::path data;
  std::filesystem::path runs;  ///< the folder that runs are made in
  RunConfig config;
  std::optional<InitialWeights> init = {};  ///< where they are not the seed's
};

struct TrainingOutcome {
  std::filesystem::path run;            ///< empty: it was stopped before there was one
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

/// A run's folder, held for this program.
struct HeldRun {
  RunFolder folder;
  RunLock lock;
};

/// A new run's folder, with all that training needs to begin; held before anything lies in it that
/// another program could go on with. Throws `Error`, before it is made, when the data, the settings
/// or the weights to start from are not what they should be.
HeldRun makeRun(const TrainingRequest& request, const CohortData& data);

/// Runs on the caller's thread until the run is finished or stopped. A stop writes a checkpoint
/// first. Throws `Error`; the run's state then says failed, and why.
TrainingOutcome startTraining(const TrainingRequest& request, const TrainingControl& control);
/// Goes on from the newest sound checkpoint. Throws `Error` when the run is finished
/// or its checkpoints are damaged. A run that has none yet begins.
TrainingOutcome resumeTraining(const std::filesystem::path& run, const TrainingControl& control);
/// The same of a run, no adaptation, that the caller holds.
TrainingOutcome resumeHeld(const RunFolder& folder, const RunLock& lock,
                           const TrainingControl& control);

}  // namespace modascope
