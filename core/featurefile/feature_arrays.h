#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/problem/problem.h"

namespace modascope {

/// The samples of "train", "valid" or "test".
struct FeatureSplit {
  std::string name;
  std::vector<std::string> ids;           ///< unique in the file
  std::vector<std::string> texts;         ///< what was said; empty if the file does not tell
  std::set<std::size_t> unlabelled = {};  ///< those whose label is not finite
  std::size_t size() const { return ids.size(); }
};

/// What lies in a feature file, from headers, ids, labels and masks only.
struct FeatureFileInfo {
  std::filesystem::path file;
  Problem problem;
  std::vector<FeatureSplit> splits;  ///< train first
  std::vector<std::string> notes;
  /// Per split, per sample: the bits of its `ModalitySet`, 0 for none.
  std::vector<std::vector<std::uint8_t>> available;
};

/// One split in memory.
struct FeatureArrays {
  std::vector<std::vector<float>> modalities;  ///< each [N, steps · width], row by row
  std::vector<float> labels;                   ///< class numbers or values
  std::vector<std::uint8_t> available;         ///< bits of the `ModalitySet`, 0 for none
  std::vector<std::string> ids;
  std::vector<std::string> texts;  ///< empty if the file does not tell
  std::vector<std::string> notes;  ///< of values that were left out on the way
  std::size_t size() const { return ids.size(); }
};

/// Where the split stands in `info.splits`. Throws `Error` when it is not there.
std::size_t placeOfSplit(const FeatureFileInfo& info, const std::string& split);

}  // namespace modascope
