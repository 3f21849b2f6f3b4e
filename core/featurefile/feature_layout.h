#pragma once

#include <string>
#include <vector>

#include "core/hdf5/hdf5_file.h"
#include "core/problem/input_layout.h"

namespace modascope {

/// A split and the group that holds it: "valid" and "/val".
struct SplitGroup {
  std::string name;
  std::string path;
};

/// Those that there are of train, valid and test. Notes a second group for the same split.
std::vector<SplitGroup> splitGroups(const Hdf5File& file, std::vector<std::string>& notes);

/// The modalities' data sets, in their order. Notes what else is in /train. Throws when two splits
/// differ in them, and for data sets that may be a modality and cannot be read as one.
std::vector<std::string> modalityKeys(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                                      std::vector<std::string>& notes);

/// Says which "<modality>_absent" belong to no data set: most likely misspelt.
void noteMasksOfNothing(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                        std::vector<std::string>& notes);

/// One shape per key. Throws when two splits differ in it.
std::vector<InputShape> inputShapes(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                                    const std::vector<std::string>& keys);

/// The first of these names that is a data set of the group, as a path; empty if none is.
std::string firstDataSet(const Hdf5File& file, const std::string& group,
                         const std::vector<std::string>& names);

/// Throws unless the data set has one value a sample: [N], [N, 1], …
void requireColumn(const Hdf5File& file, const std::string& path);

/// "40 × 28"
std::string textOf(const std::vector<std::size_t>& shape);
/// "a, b": an attribute of several words, or of one with commas.
std::vector<std::string> separated(const std::vector<std::string>& words);

}  // namespace modascope
