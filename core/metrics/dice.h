#pragma once

#include <array>
#include <cstdint>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// How many voxels of each tissue were predicted where the truth has each: one walk over both.
class Overlap {
 public:
  /// Throws `Error` when the volumes lie on different grids.
  Overlap(const LabelVolume& predicted, const LabelVolume& truth);

  /// 2|P ∩ T| / (|P| + |T|) of a region's voxels. Both empty → 1, one empty → 0.
  double dice(Region region) const;

 private:
  static constexpr std::size_t kValues = 5;  ///< of `Tissue`, and those between

  std::array<std::array<std::int64_t, kValues>, kValues> pairs_{};  ///< [predicted][true]
};

/// The same of one region.
double dice(const LabelVolume& predicted, const LabelVolume& truth, Region region);

}  // namespace modascope
