#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/featurefile/feature_layout.h"
#include "core/problem/task.h"

namespace modascope {

/// What the labels of all splits say.
struct FeatureLabels {
  Task task = Task::Regression;
  std::vector<std::string> outputs;  ///< names of the classes, or {"value"}; {"sentiment"} of texts
                                     ///< with such labels, see `sentimentRange`
  std::vector<std::set<std::size_t>> unknown;  ///< a split: the samples whose label is not finite
};

/// Says what is odd about them: columns and samples that are not used, classes that train does not
/// teach, a range that is nearly or not at all that of sentiment.
FeatureLabels inspectLabels(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                            const std::vector<std::string>& modalities,
                            std::vector<std::string>& notes);

/// The class numbers or values of a split; values that are not finite stay. Throws when one of them
/// can be none.
std::vector<float> readLabels(const Hdf5File& file, const SplitGroup& group, Task task);

}  // namespace modascope
