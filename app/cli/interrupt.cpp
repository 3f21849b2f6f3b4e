#include "app/cli/interrupt.h"

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <mutex>
#include <thread>

#include <unistd.h>

#include "core/files/unfinished.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kLook{20};
constexpr std::chrono::milliseconds kPatience{500};
constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};

/// All that a signal handler may touch. (Blocking the signals and waiting for them would not do:
/// libraries start threads before main, and the system may choose one of those.)
std::atomic<int> came{0};
static_assert(std::atomic<int>::is_always_lock_free);

/// Under `nohup` the terminal may close. (Shells let what they start in the background ignore
/// SIGINT, too; one that is sent there is meant all the same.)
bool isUnheard(int number) {
  struct sigaction now {};
  return number == SIGHUP && ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void handle(void (*handler)(int)) {
  for (const int number : kSignals)
    if (!isUnheard(number)) std::signal(number, handler);
}

void take(int number) {
  came = number;
  handle(SIG_DFL);
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
  const std::string line =
      (::isatty(STDERR_FILENO) != 0 ? "\nmodascope: " : "modascope: ") + sentence + "\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
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
  handle(take);
  watcher() = std::make_unique<std::jthread>([](std::stop_token ended) {
    while (!ended.stop_requested() && came == 0) std::this_thread::sleep_for(kLook);
    if (came != 0) see(ended);
  });
}

Interrupt::~Interrupt() {
  watcher().reset();
  handle(SIG_DFL);
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
