#include "core/problem/task.h"

#include <string>

#include "core/base/error.h"

namespace modascope {

std::string_view keyOf(Task task) {
  switch (task) {
    case Task::Segmentation3d:
      return "segmentation3d";
    case Task::Segmentation2d:
      return "segmentation2d";
    case Task::Classification:
      return "classification";
    case Task::Regression:
      return "regression";
  }
  return "";
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
