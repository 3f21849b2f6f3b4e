#pragma once

#include "core/problem/task_facts.h"

namespace modascope {

/// What one of the data is called: "case", "picture" or "sample".
inline const char* caseWord(Task task) {
  return factsOf(task).caseWord;
}

inline const char* casesWord(Task task) {
  return factsOf(task).casesWord;
}

/// What is known about it: "segmentation" or "label".
inline const char* truthWord(Task task) {
  return factsOf(task).truthWord;
}

}  // namespace modascope
