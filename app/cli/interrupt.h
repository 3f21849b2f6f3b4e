#pragma once

#include <stop_token>
#include <thread>

namespace modascope {

/// While it lives, Ctrl+C and SIGTERM ask for a stop instead of ending the program. Make it before
/// any other thread starts: they inherit that these signals are not theirs.
class Interrupt {
 public:
  Interrupt();

  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::jthread waiter_;
};

}  // namespace modascope
