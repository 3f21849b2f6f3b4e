#include "core/train/pause_switch.h"

namespace modascope {

void PauseSwitch::pause() {
  const std::lock_guard lock(mutex_);
  paused_ = true;
}

void PauseSwitch::resume() {
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
  }
  changed_.notify_all();
}

bool PauseSwitch::isPaused() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

void PauseSwitch::wait(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [this] { return !paused_; });
}

void holdWhilePaused(PauseSwitch& pause, TrainObserver& observer, std::stop_token stop) {
  observer.onState(RunState::Paused, "");
  pause.wait(stop);
  if (!stop.stop_requested()) observer.onState(RunState::Running, "");
}

}  // namespace modascope
