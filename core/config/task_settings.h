#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/problem/task.h"

namespace modascope {

/// Whether a setting does anything for a task: volumes have no width of a transformer.
bool concerns(std::string_view key, Task task);
/// Words that a setting may have for a task, those of `standardFor(task)` first; empty where the
/// task makes no difference.
std::vector<std::string> choicesFor(std::string_view key, Task task);

}  // namespace modascope
