#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "core/events/events.h"

namespace modascope {

/// Holds a run between two steps. Any thread may turn it; the training thread waits at it.
class PauseSwitch {
 public:
  void pause();
  void resume();
  bool isPaused() const;
  /// Blocks while paused. Returns at once when a stop is asked for.
  void wait(std::stop_token stop);

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool paused_ = false;
};

/// Until the switch is turned or a stop is asked for, telling the observer both ways.
void holdWhilePaused(PauseSwitch& pause, TrainObserver& observer, std::stop_token stop);

}  // namespace modascope
