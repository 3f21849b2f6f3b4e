#include "app/cli/interrupt.h"

#include <atomic>
#include <chrono>
#include <csignal>

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kLook{50};

/// All that a signal handler may touch. (Blocking the signals and waiting for them would not do:
/// libraries start threads before main, and the system may choose one of those.)
std::atomic<bool> asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask(int) {
  asked = true;
}

}  // namespace

Interrupt::Interrupt() {
  asked = false;
  std::signal(SIGINT, ask);
  std::signal(SIGTERM, ask);
  watcher_ = std::jthread([source = stop_](std::stop_token done) mutable {
    while (!done.stop_requested() && !asked) std::this_thread::sleep_for(kLook);
    if (asked) source.request_stop();
  });
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

}  // namespace modascope
