#pragma once

#include <string>
#include <vector>

#include "core/featurefile/feature_layout.h"
#include "core/problem/task.h"

namespace modascope {

/// What the labels of all splits say.
struct LabelKind {
  Task task = Task::Regression;
  std::vector<std::string> outputs;  ///< names of the classes, or {"value"}; {"sentiment"} of texts
                                     ///< whose labels lie in [−3, 3]
};

LabelKind labelKind(const Hdf5File& file, const std::vector<SplitGroup>& groups);

/// Says which classes other splits hold that train does not.
void noteUntaughtClasses(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                         std::vector<std::string>& notes);

/// The class numbers or values of a split. Throws when one of them can be none.
std::vector<float> readLabels(const Hdf5File& file, const SplitGroup& group, Task task);

}  // namespace modascope
