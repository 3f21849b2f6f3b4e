#include "app/cli/interrupt.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "core/files/unfinished.h"
#include "core/system/end_signals.h"
#include "core/system/terminal.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kLook{20};
constexpr std::chrono::milliseconds kPatience{500};

/// All that a signal handler may touch. (Blocking the signals and waiting for them would not do:
/// libraries start threads before main, and the system may choose one of those.)
std::atomic<int> came{0};
static_assert(std::atomic<int>::is_always_lock_free);

void take(int number) {
  came = number;
  endAtEndSignals();
}

struct Finishing {
  std::mutex mutex;
  std::optional<std::string> what;
};

Finishing& finishing() {
  static auto* one = new Finishing;
  return *one;
}

std::stop_source& source() {
  static auto* one = new std::stop_source;
  return *one;
}

void say(const std::string& sentence) {
  writeAtOnce(Stream::Error,
              (isTerminal(Stream::Error) ? "\nmodascope: " : "modascope: ") + sentence + "\n");
}

/// Once a signal came: until the command has ended, or at the latest after the patience.
void see(const std::stop_token& ended) {
  source().request_stop();
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (bool told = false; !ended.stop_requested(); std::this_thread::sleep_for(kLook)) {
    if (std::chrono::steady_clock::now() < until) continue;
    Finishing& finish = finishing();
    const std::lock_guard lock(finish.mutex);
    if (!finish.what) {
      say("It was stopped; nothing half made is left.");
      endAtOnce(128 + came);
    }
    if (!told) say("Stopping " + *finish.what + ". A second signal ends it at once.");
    told = true;
  }
}

std::unique_ptr<std::jthread>& watcher() {
  static auto* one = new std::unique_ptr<std::jthread>;
  return *one;
}

}  // namespace

Interrupt::Interrupt() {
  came = 0;
  source() = {};
  onEndSignals(take);
  watcher() = std::make_unique<std::jthread>([](std::stop_token ended) {
    while (!ended.stop_requested() && came == 0) std::this_thread::sleep_for(kLook);
    if (came != 0) see(ended);
  });
}

Interrupt::~Interrupt() {
  watcher().reset();
  endAtEndSignals();
}

std::optional<int> Interrupt::signal() {
  if (came == 0) return std::nullopt;
  return came.load();
}

std::stop_token Interrupt::token() {
  return watcher() ? source().get_token() : std::stop_token();
}

Finish::Finish(const std::string& what) {
  const std::lock_guard lock(finishing().mutex);
  finishing().what = what;
}

Finish::~Finish() {
  const std::lock_guard lock(finishing().mutex);
  finishing().what.reset();
}

}  // namespace modascope
