#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>

#include "core/events/events.h"
#include "core/train/pause_switch.h"

namespace modascope {

struct TrainingOutcome {
  std::filesystem::path run;            ///< empty: it was stopped before there was one
  RunState state = RunState::Finished;  ///< Finished, or Interrupted when stopped (resumable)
  std::int64_t steps = 0;               ///< done in the whole run
  double seconds = 0;                   ///< of training, all sessions
};

/// The outside's hold on a run: who hears of it, and how to pause and stop it.
struct TrainingControl {
  TrainObserver* observer = nullptr;
  PauseSwitch* pause = nullptr;
  std::stop_token stop;
  /// The run's folder, as soon as it is there.
  std::function<void(const std::filesystem::path&)> onFolder;
};

}  // namespace modascope
