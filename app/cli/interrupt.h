#pragma once

#include <optional>
#include <stop_token>
#include <string>

namespace modascope {

/// Ctrl+C, SIGTERM and the closing of the terminal (SIGHUP) while a command runs. The first signal
/// asks for a stop by `token`. A command that has not come to its end half a second later is ended
/// where it is, with a sentence and exit code 128 + signal; nothing half made is left. Of one with
/// a `Finish`, what is at hand is brought to its end first, and the user is told that it takes a
/// while. A second signal ends the program at once. One at a time, made before other threads.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// The signal that came, if one did.
  static std::optional<int> signal();
  /// Of the one that there is; one that never asks, without any.
  static std::stop_token token();
};

/// While it lives, what is being done has an end that is worth waiting for, such as a checkpoint.
class Finish {
 public:
  /// `what` completes "Stopping …", such as "after this step, with a checkpoint".
  explicit Finish(const std::string& what);
  ~Finish();
  Finish(const Finish&) = delete;
  Finish& operator=(const Finish&) = delete;
};

}  // namespace modascope
