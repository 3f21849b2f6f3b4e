#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// How many voxels of each label were predicted where the truth has each: one walk over both.
class Overlap {
 public:
  /// Throws `Error` when the volumes lie on different grids.
  Overlap(const LabelVolume& predicted, const LabelVolume& truth);

  /// 2|P ∩ T| / (|P| + |T|) of a region's voxels. Both empty → 1, one empty → 0.
  double dice(const Region& region) const;

 private:
  static constexpr std::size_t kValues = 256;
  static std::size_t at(std::uint8_t predicted, std::uint8_t truth) {
    return predicted * kValues + truth;
  }

  std::vector<std::int64_t> pairs_;                ///< voxels of each, see `at`
  std::array<std::int64_t, kValues> predicted_{};  ///< voxels of each label but background
  std::array<std::int64_t, kValues> true_{};
};

/// The same of one region.
double dice(const LabelVolume& predicted, const LabelVolume& truth, const Region& region);

}  // namespace modascope
