#include "core/volume/index_map.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

/// Of a voxel, over the whole length of an axis.
double allowedAlong(std::int64_t length) {
  constexpr double kOnVoxel = 0.01;
  return kOnVoxel / static_cast<double>(std::max<std::int64_t>(length, 1));
}

}  // namespace

Vec3 IndexMap::at(const Vec3& index) const {
  Vec3 place = start;
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t i = 0; i < 3; ++i) place[i] += step[axis][i] * index[axis];
  return place;
}

IndexMap indexMap(const VoxelGrid& to, const VoxelGrid& from) {
  IndexMap map;
  map.start = from.toIndex(to.origin);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Vec3 unit{};
    unit[axis] = 1;
    const Vec3 next = from.toIndex(to.toWorld(unit));
    for (std::size_t i = 0; i < 3; ++i) map.step[axis][i] = next[i] - map.start[i];
  }
  return map;
}

std::optional<AxisMaps> parallelAxes(const IndexMap& map, const VoxelGrid& to) {
  AxisMaps axes;
  std::array<bool, 3> taken{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const Vec3& step = map.step[axis];
    std::size_t along = 0;
    for (std::size_t i = 1; i < 3; ++i)
      if (std::abs(step[i]) > std::abs(step[along])) along = i;
    for (std::size_t i = 0; i < 3; ++i)
      if (i != along && !(std::abs(step[i]) <= allowedAlong(to.size[axis]))) return std::nullopt;
    if (taken[along]) return std::nullopt;
    taken[along] = true;
    axes[axis] = {along, map.start[along], step[along]};
  }
  return axes;
}

bool onVoxels(const AxisMaps& axes, const VoxelGrid& to) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double start = axes[axis].start;
    if (!(std::abs(std::abs(axes[axis].step) - 1) <= allowedAlong(to.size[axis]))) return false;
    if (!(std::abs(start - std::round(start)) <= allowedAlong(1))) return false;
  }
  return true;
}

bool isInside(double index, std::int64_t length) {
  constexpr double kRounding = 1e-6;
  return index >= -0.5 - kRounding && index <= static_cast<double>(length) - 0.5 + kRounding;
}

bool isInside(const Vec3& index, const VoxelGrid& grid) {
  return isInside(index[0], grid.size[0]) && isInside(index[1], grid.size[1]) &&
         isInside(index[2], grid.size[2]);
}

}  // namespace modascope
