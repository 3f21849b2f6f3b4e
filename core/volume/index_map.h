#pragma once

#include <optional>

#include "core/volume/volume.h"

namespace modascope {

/// Index on one grid → continuous index on another: start + Σ step[axis] · index[axis].
struct IndexMap {
  Vec3 start{};
  std::array<Vec3, 3> step{};

  Vec3 at(const Vec3& index) const;
};
IndexMap indexMap(const VoxelGrid& to, const VoxelGrid& from);

/// An axis of the new grid that runs along one axis of the old one: index = start + step · i.
struct AxisMap {
  std::size_t along = 0;
  double start = 0;
  double step = 0;
};
using AxisMaps = std::array<AxisMap, 3>;

/// Nothing where the grids are turned against each other.
std::optional<AxisMaps> parallelAxes(const IndexMap& map, const VoxelGrid& to);
/// Whether voxels fall on voxels.
bool onVoxels(const AxisMaps& axes, const VoxelGrid& to);

/// Whether a place is in the image: a voxel reaches half a voxel beyond its centre.
bool isInside(double index, std::int64_t length);
bool isInside(const Vec3& index, const VoxelGrid& grid);

}  // namespace modascope
