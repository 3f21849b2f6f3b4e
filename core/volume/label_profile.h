#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/volume/labels.h"

namespace modascope {

/// Value in a segmentation file → how many voxels have it.
using LabelCounts = std::map<std::int64_t, std::int64_t>;

struct ProfileChoice {
  LabelProfile profile;
  std::string reason;  ///< empty when name and values agree
};

/// Which numbering a file uses. Its naming scheme speaks first (`byName`; nothing if the name says
/// nothing), its values may overrule it: a 4 without a 3 is BraTS ≤ 2021, a 3 without a 4 is not;
/// the values 1, 2, 3 alone do not tell 2023 from MSD, so without a name they are taken as 2023.
ProfileChoice settleProfile(std::optional<LabelProfile> byName, const LabelCounts& counts);

/// A file's value → `Tissue`; nothing if `profile` does not know the value.
std::optional<std::uint8_t> tissueOf(LabelProfile profile, std::int64_t value);

}  // namespace modascope
