#include "app/window/termination.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace modascope {
namespace {

constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler may only write to a pipe; the event loop reads it.
std::array<int, 2> pipeEnds{-1, -1};
std::array<struct sigaction, kSignals.size()> before{};

/// Under `nohup` the terminal may close.
bool isUnheard(std::size_t i) {
  return kSignals[i] == SIGHUP && before[i].sa_handler == SIG_IGN;
}

void handle(int) {
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    if (!isUnheard(i)) std::signal(kSignals[i], SIG_DFL);
}

}  // namespace

TerminationNotice::TerminationNotice(std::function<void()> onSignal) {
  if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
  notifier_ = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
  QObject::connect(notifier_.get(), &QSocketNotifier::activated, notifier_.get(),
                   [this, onSignal = std::move(onSignal)] {
                     notifier_->setEnabled(false);
                     onSignal();
                   });
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], nullptr, &before[i]);
    if (!isUnheard(i)) std::signal(kSignals[i], handle);
  }
}

TerminationNotice::~TerminationNotice() {
  if (!notifier_) return;
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before[i], nullptr);
  notifier_.reset();
  for (int& end : pipeEnds) {
    if (end >= 0) ::close(end);
    end = -1;
  }
}

}  // namespace modascope
