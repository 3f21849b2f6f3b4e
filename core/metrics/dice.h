#pragma once

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// 2|P ∩ T| / (|P| + |T|) of a region's voxels. Both empty → 1, one empty → 0.
/// Throws `Error` when the volumes lie on different grids.
double dice(const LabelVolume& predicted, const LabelVolume& truth, Region region);

}  // namespace modascope
