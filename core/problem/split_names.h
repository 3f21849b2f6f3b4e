#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// What data sets call their parts: "train" and "training", "valid", "val" and "dev", "test" and
/// "testing", in large and small letters, with words such as "_ids", "_set" or "list" behind. The
/// one table for the groups of HDF5 files, for split.json and for lists; answers "train", "valid"
/// or "test", nothing for other names.
std::optional<std::string> standardSplit(std::string_view name);

/// "train", "valid", "test".
const std::vector<std::string>& standardSplits();

/// Of several names for one split the one that counts: the smallest number.
int rankOfSplitName(std::string_view name);

/// For sentences about names that are none of them.
inline constexpr const char* kSplitNames =
    "train (or training), valid (or val, validation, dev) and test (or testing)";

}  // namespace modascope
