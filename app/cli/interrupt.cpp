#include "app/cli/interrupt.h"

#include <csignal>
#include <ctime>

namespace modascope {
namespace {

sigset_t ourSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t set = ourSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  waiter_ = std::jthread([source = stop_](std::stop_token done) mutable {
    const sigset_t signals = ourSignals();
    const timespec tenth{0, 100'000'000};
    while (!done.stop_requested())
      if (sigtimedwait(&signals, nullptr, &tenth) > 0) source.request_stop();
  });
}

}  // namespace modascope
