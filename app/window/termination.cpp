#include "app/window/termination.h"

#include <atomic>
#include <optional>

#include "core/system/end_signals.h"

namespace modascope {
namespace {

// A signal handler may only write to a pipe; the event loop reads it.
std::atomic<const WakePipe*> listening{nullptr};
static_assert(std::atomic<const WakePipe*>::is_always_lock_free);

void take(int) {
  if (const WakePipe* pipe = listening) pipe->wake();
  endAtEndSignals();
}

}  // namespace

struct TerminationNotice::Listening {
  WakePipe pipe;
  std::optional<KeptEndSignals> before{std::in_place};
};

TerminationNotice::TerminationNotice(std::function<void()> onSignal)
    : listening_(std::make_unique<Listening>()) {
  if (listening_->pipe.readEnd() < 0) return;
  notifier_ = std::make_unique<QSocketNotifier>(listening_->pipe.readEnd(), QSocketNotifier::Read);
  QObject::connect(notifier_.get(), &QSocketNotifier::activated, notifier_.get(),
                   [this, onSignal = std::move(onSignal)] {
                     notifier_->setEnabled(false);
                     onSignal();
                   });
  listening = &listening_->pipe;
  onEndSignals(take);
}

/// The pipe goes when no signal can reach it any more.
TerminationNotice::~TerminationNotice() {
  listening_->before.reset();
  listening = nullptr;
  notifier_.reset();
}

}  // namespace modascope
