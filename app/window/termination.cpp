#include "app/window/termination.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace modascope {
namespace {

// A signal handler may only write to a pipe; the event loop reads it.
std::array<int, 2> pipeEnds{-1, -1};

void handle(int number) {
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
  std::signal(number, SIG_DFL);
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
  std::signal(SIGINT, handle);
  std::signal(SIGTERM, handle);
}

TerminationNotice::~TerminationNotice() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  notifier_.reset();
  for (int& end : pipeEnds) {
    if (end >= 0) ::close(end);
    end = -1;
  }
}

}  // namespace modascope
