#pragma once

#include <string_view>

namespace modascope {

/// What a network is asked for.
enum class Task {
  Segmentation3d,  ///< regions of a volume
  Segmentation2d,  ///< one class for every pixel of a picture
  Classification,  ///< one class for a sample
  Regression       ///< one number for a sample
};

/// Of what says nothing else: runs of the first versions knew no other.
inline constexpr Task kDefaultTask = Task::Segmentation3d;
inline constexpr Task kTasks[] = {Task::Segmentation3d, Task::Segmentation2d, Task::Classification,
                                  Task::Regression};

std::string_view keyOf(Task task);  // "segmentation3d"
/// Throws `Error` naming those that there are.
Task taskFrom(std::string_view key);

}  // namespace modascope
