#include "core/problem/task.h"

#include <string>

#include "core/base/error.h"
#include "core/problem/task_facts.h"

namespace modascope {

std::string_view keyOf(Task task) {
  return factsOf(task).key;
}

Task taskFrom(std::string_view key) {
  std::string known;
  for (const Task task : kTasks) {
    if (keyOf(task) == key) return task;
    known += (known.empty() ? "" : ", ") + std::string(keyOf(task));
  }
  throw Error("There is no task " + inQuotes(std::string(key)) + "; there are " + known + ".");
}

}  // namespace modascope
