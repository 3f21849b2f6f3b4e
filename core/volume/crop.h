#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/volume/volume.h"

namespace modascope {

/// First and one-past-last index along each axis.
struct IndexBox {
  std::array<std::int64_t, 3> low{};
  std::array<std::int64_t, 3> high{};
};

/// Holds no voxel of the grid; its `high` is 0 until it takes one in.
inline IndexBox emptyBox(const VoxelGrid& grid) {
  return {grid.size, {0, 0, 0}};
}

/// Grows the box to hold every voxel that is not 0.
inline void takeInNonZero(IndexBox& box, const Volume& volume) {
  std::size_t i = 0;
  for (std::int64_t z = 0; z < volume.grid.size[2]; ++z)
    for (std::int64_t y = 0; y < volume.grid.size[1]; ++y)
      for (std::int64_t x = 0; x < volume.grid.size[0]; ++x, ++i) {
        if (volume.voxels[i] == 0) continue;
        const std::array<std::int64_t, 3> at{x, y, z};
        for (std::size_t axis = 0; axis < 3; ++axis) {
          box.low[axis] = std::min(box.low[axis], at[axis]);
          box.high[axis] = std::max(box.high[axis], at[axis] + 1);
        }
      }
}

/// The part of a volume, where it was.
template <typename T>
GridVolume<T> cropped(const GridVolume<T>& from, const IndexBox& box) {
  GridVolume<T> part{from.grid, {}};
  for (std::size_t axis = 0; axis < 3; ++axis)
    part.grid.size[axis] = box.high[axis] - box.low[axis];
  part.grid.origin =
      from.grid.toWorld({static_cast<double>(box.low[0]), static_cast<double>(box.low[1]),
                         static_cast<double>(box.low[2])});
  part.voxels.reserve(static_cast<std::size_t>(part.grid.voxelCount()));
  for (std::int64_t z = box.low[2]; z < box.high[2]; ++z)
    for (std::int64_t y = box.low[1]; y < box.high[1]; ++y) {
      const auto row =
          from.voxels.begin() + static_cast<std::ptrdiff_t>(from.grid.offset(box.low[0], y, z));
      part.voxels.insert(part.voxels.end(), row, row + part.grid.size[0]);
    }
  return part;
}

}  // namespace modascope
