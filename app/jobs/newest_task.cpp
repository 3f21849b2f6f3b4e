#include "app/jobs/newest_task.h"

#include "app/jobs/sentence.h"
#include "core/base/log.h"

namespace modascope {

NewestTask::NewestTask() : thread_([this](std::stop_token stop) { work(stop); }) {}

NewestTask::~NewestTask() {
  running_.request_stop();
  thread_.request_stop();
  wake_.release();
  thread_.join();
}

void NewestTask::post(Task task) {
  waiting_.put({std::move(task), running_.get_token()});
  wake_.release();
}

void NewestTask::interruptAndPost(Task task) {
  running_.request_stop();
  running_ = std::stop_source();
  post(std::move(task));
}

void NewestTask::work(std::stop_token stop) {
  for (wake_.acquire(); !stop.stop_requested(); wake_.acquire()) {
    for (Waiting& next : waiting_.drain()) {
      try {
        next.task(next.stop);
      } catch (...) {  // a task tells what went wrong itself; this ends neither thread nor program
        logError(sentenceOf(std::current_exception()));
      }
    }
  }
}

}  // namespace modascope
