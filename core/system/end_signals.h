#pragma once

#include <memory>

namespace modascope {

// The signals that ask a program to end: Ctrl+C, SIGTERM, and SIGHUP when the terminal closes. The
// last is left alone where it is ignored, as under `nohup`.

/// From now on they call `take` with their number. It may do what a signal's handler may: set
/// atomics, `WakePipe::wake`, `endAtEndSignals`.
void onEndSignals(void (*take)(int number));
/// From now on they end the program at once.
void endAtEndSignals();

/// Puts back what they did before.
class KeptEndSignals {
 public:
  KeptEndSignals();
  ~KeptEndSignals();
  KeptEndSignals(const KeptEndSignals&) = delete;
  KeptEndSignals& operator=(const KeptEndSignals&) = delete;

 private:
  struct Before;
  std::unique_ptr<Before> before_;
};

/// Wakes an event loop, which waits for `readEnd` to have something to read.
class WakePipe {
 public:
  WakePipe();
  ~WakePipe();
  WakePipe(const WakePipe&) = delete;
  WakePipe& operator=(const WakePipe&) = delete;

  /// Less than 0 where the system has none left.
  int readEnd() const { return ends_[0]; }
  void wake() const noexcept;

 private:
  int ends_[2] = {-1, -1};
};

}  // namespace modascope
