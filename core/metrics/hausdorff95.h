#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// The voxels of a region that have one of their six neighbours outside it. What lies beyond the
/// image counts as outside.
struct RegionSurface {
  VoxelGrid grid;
  std::vector<std::array<std::int64_t, 3>> voxels;  ///< indices x, y, z
};
RegionSurface surfaceOf(const LabelVolume& labels, const Region& region);

/// 95th percentile Hausdorff distance in mm: for every surface voxel of one region its distance to
/// the nearest of the other, the 95th percentile of these (between order statistics linearly, as
/// NumPy has it), and the larger of both directions. (The other definition, one percentile of both
/// directions' distances together, hides a stray piece of the region with the smaller surface.)
/// Both empty → 0, one empty → the image's diagonal.
/// Throws `Error` when the volumes lie on different grids.
double hausdorff95(const RegionSurface& predicted, const RegionSurface& truth);
double hausdorff95(const LabelVolume& predicted, const LabelVolume& truth, const Region& region);

}  // namespace modascope
