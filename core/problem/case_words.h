#pragma once

#include <string_view>

#include "core/problem/task.h"

namespace modascope {

/// What one of the data is called: "case", "picture" or "sample".
constexpr std::string_view caseWord(Task task) {
  if (takesFeatures(task)) return "sample";
  return task == Task::Segmentation2d ? "picture" : "case";
}

constexpr std::string_view casesWord(Task task) {
  if (takesFeatures(task)) return "samples";
  return task == Task::Segmentation2d ? "pictures" : "cases";
}

/// What is known about it: "segmentation" or "label".
constexpr std::string_view truthWord(Task task) {
  return task == Task::Segmentation3d ? "segmentation" : "label";
}

}  // namespace modascope
