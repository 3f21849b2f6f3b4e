#pragma once

#include "core/problem/task.h"

namespace modascope {

/// What one of the data is called: "case", "picture" or "sample".
constexpr const char* caseWord(Task task) {
  if (takesFeatures(task)) return "sample";
  return task == Task::Segmentation2d ? "picture" : "case";
}

constexpr const char* casesWord(Task task) {
  if (takesFeatures(task)) return "samples";
  return task == Task::Segmentation2d ? "pictures" : "cases";
}

/// What is known about it: "segmentation" or "label".
constexpr const char* truthWord(Task task) {
  return task == Task::Segmentation3d ? "segmentation" : "label";
}

}  // namespace modascope
