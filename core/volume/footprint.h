#pragma once

#include <cstdint>
#include <vector>

#include "core/volume/index_map.h"

namespace modascope {

/// The part of the old axis that one new voxel covers: the old voxels from `first` on, each with
/// its share of the new one. The shares sum to 1, less where a part lies outside the old image;
/// there are none where its centre does.
struct Footprint {
  std::int64_t first = 0;
  std::vector<double> shares;
};

/// Of every voxel along a new axis, at least one old voxel wide: so the mean over a finer voxel's
/// footprint is linear interpolation, and over a coarser one's the mean of all that it covers.
std::vector<Footprint> meanFootprints(const AxisMap& map, std::int64_t count, std::int64_t length);
/// As wide as the new voxels are, be they finer or coarser.
std::vector<Footprint> exactFootprints(const AxisMap& map, std::int64_t count, std::int64_t length);

}  // namespace modascope
