#include "core/system/end_signals.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace modascope {
namespace {

constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};

/// Shells let what they start in the background ignore SIGINT, too; one that is sent there is meant
/// all the same.
bool isUnheard(int number) {
  struct ::sigaction now {};
  return number == SIGHUP && ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void handle(void (*handler)(int)) {
  for (const int number : kSignals)
    if (!isUnheard(number)) std::signal(number, handler);
}

}  // namespace

void onEndSignals(void (*take)(int number)) {
  handle(take);
}

void endAtEndSignals() {
  handle(SIG_DFL);
}

struct KeptEndSignals::Before {
  std::array<struct ::sigaction, kSignals.size()> actions{};
};

KeptEndSignals::KeptEndSignals() : before_(std::make_unique<Before>()) {
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], nullptr, &before_->actions[i]);
}

KeptEndSignals::~KeptEndSignals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], &before_->actions[i], nullptr);
}

WakePipe::WakePipe() {
  if (::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) ends_[0] = ends_[1] = -1;
}

WakePipe::~WakePipe() {
  for (const int end : ends_)
    if (end >= 0) ::close(end);
}

void WakePipe::wake() const noexcept {
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(ends_[1], &byte, 1);
}

}  // namespace modascope
