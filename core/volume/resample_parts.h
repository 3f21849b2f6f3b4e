#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "core/volume/index_map.h"

namespace modascope {

// What the resampling of images and of labels share.

template <typename T>
GridVolume<T> zerosOn(const VoxelGrid& grid) {
  return {grid, std::vector<T>(static_cast<std::size_t>(grid.voxelCount()), T{})};
}

using Strides = std::array<std::int64_t, 3>;

inline Strides stridesOf(const std::array<std::int64_t, 3>& size) {
  return {1, size[0], size[0] * size[1]};
}

/// Calls `fill(x, y, z, voxel)` for every voxel of `out`.
template <typename T, typename Fill>
void forEach(GridVolume<T>& out, Fill fill) {
  T* voxel = out.voxels.data();
  for (std::int64_t z = 0; z < out.grid.size[2]; ++z)
    for (std::int64_t y = 0; y < out.grid.size[1]; ++y)
      for (std::int64_t x = 0; x < out.grid.size[0]; ++x, ++voxel) fill(x, y, z, *voxel);
}

/// For every index along an axis of the new grid what the voxel that it falls on adds to the offset
/// in the old one; −1 outside.
inline std::vector<std::int64_t> offsetsAlong(const AxisMap& map, std::int64_t count,
                                              const VoxelGrid& from) {
  std::vector<std::int64_t> offsets;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto index = std::llround(map.start + map.step * static_cast<double>(i));
    const bool inside = index >= 0 && index < from.size[map.along];
    offsets.push_back(inside ? index * stridesOf(from.size)[map.along] : -1);
  }
  return offsets;
}

/// Each voxel of `out`, zero so far, from the one of `source` that it falls on.
template <typename T>
void copyVoxels(const GridVolume<T>& source, const AxisMaps& axes, GridVolume<T>& out) {
  std::array<std::vector<std::int64_t>, 3> from;
  for (std::size_t axis = 0; axis < 3; ++axis)
    from[axis] = offsetsAlong(axes[axis], out.grid.size[axis], source.grid);
  forEach(out, [&](std::int64_t x, std::int64_t y, std::int64_t z, T& voxel) {
    const std::int64_t fx = from[0][static_cast<std::size_t>(x)];
    const std::int64_t fy = from[1][static_cast<std::size_t>(y)];
    const std::int64_t fz = from[2][static_cast<std::size_t>(z)];
    if (fx >= 0 && fy >= 0 && fz >= 0)
      voxel = source.voxels[static_cast<std::size_t>(fx + fy + fz)];
  });
}

/// Places spread evenly and symmetrically over a voxel of a grid that is turned against the old
/// one: so many for each old voxel that its edges reach over, one where it is not coarser.
inline std::vector<Vec3> placesIn(const IndexMap& map, int forEachVoxel) {
  std::array<std::vector<double>, 3> along;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const Vec3& s = map.step[axis];
    const double reach = std::sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
    const int count = reach <= 1.001 ? 1 : forEachVoxel * static_cast<int>(std::ceil(reach));
    for (int i = 0; i < count; ++i) along[axis].push_back((i + 0.5) / count - 0.5);
  }
  std::vector<Vec3> places;
  for (const double z : along[2])
    for (const double y : along[1])
      for (const double x : along[0]) {
        const Vec3 place = map.at({x, y, z});
        places.push_back(
            {place[0] - map.start[0], place[1] - map.start[1], place[2] - map.start[2]});
      }
  return places;
}

inline Vec3 sum(const Vec3& a, const Vec3& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

}  // namespace modascope
