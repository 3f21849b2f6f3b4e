#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <functional>
#include <memory>

namespace modascope {

/// Calls `onSignal` on the GUI thread at the first SIGINT, SIGTERM or SIGHUP; a second one ends the
/// program at once. One at a time.
class TerminationNotice {
 public:
  explicit TerminationNotice(std::function<void()> onSignal);
  ~TerminationNotice();
  TerminationNotice(const TerminationNotice&) = delete;
  TerminationNotice& operator=(const TerminationNotice&) = delete;

 private:
  struct Listening;
  std::unique_ptr<Listening> listening_;
  std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace modascope
