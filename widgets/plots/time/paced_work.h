#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <functional>

namespace modascope {

/// Work on the GUI thread that is asked for more often than it need be done: at most once in
/// `leastMs`, and so seldom that everything else has four times what it takes.
class PacedWork {
 public:
  PacedWork(std::function<void()> work, int leastMs);

  void doNow();
  /// Now where there was rest enough, else then.
  void request();
  /// Likewise, but not before the caller has returned to the event loop.
  void requestSoon();

 private:
  int rest() const;

  std::function<void()> work_;
  int leastMs_;
  qint64 tookMs_ = 0;
  QElapsedTimer sinceDone_;
  QTimer due_;
};

}  // namespace modascope
