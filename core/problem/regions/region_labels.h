#pragma once

#include <array>
#include <optional>

#include "core/problem/regions/region.h"

namespace modascope {

/// Which label a voxel gets where a network predicts some of the regions at once. Bit k of a
/// pattern stands for region k. A pattern that a label has gives the first such label. Else, nested
/// regions give that of the innermost that is predicted (METHOD section 4); others contradict each
/// other there, and the one with the largest logit counts.
class RegionLabels {
 public:
  explicit RegionLabels(const RegionSchema& regions);

  /// 0 for no region; nothing where the regions contradict each other.
  std::optional<std::uint8_t> of(std::uint8_t pattern) const {
    return isContested_[pattern] ? std::nullopt : std::optional(labels_[pattern]);
  }
  /// Of the region alone: of its labels the first one that is in the fewest regions.
  std::uint8_t ofRegion(std::size_t place) const { return own_[place]; }

 private:
  std::array<std::uint8_t, RegionSchema::kMost> own_{};
  std::array<std::uint8_t, 256> labels_{};
  std::array<bool, 256> isContested_{};
};

}  // namespace modascope
