#pragma once

#include <functional>
#include <semaphore>
#include <stop_token>
#include <thread>

#include "core/events/mailbox.h"

namespace modascope {

/// One thread that does what it is given. Of the tasks that wait, only the newest is done: whoever
/// asks twice wants the second answer.
class NewestTask {
 public:
  /// Runs on the worker's thread; should look at the token now and then. Must not throw.
  using Task = std::function<void(std::stop_token)>;

  NewestTask();
  /// Asks the running task to stop and waits for it.
  ~NewestTask();

  /// Any one thread (the GUI's).
  void post(Task task);
  /// The same, and the running task is asked to stop.
  void interruptAndPost(Task task);

 private:
  struct Waiting {
    Task task;
    std::stop_token stop;
  };
  void work(std::stop_token stop);

  Mailbox<Waiting> waiting_{1};
  std::counting_semaphore<> wake_{0};
  std::stop_source running_;
  std::jthread thread_;  // last: joined before the rest goes
};

}  // namespace modascope
