#include "core/volume/volume.h"

#include <cmath>

namespace modascope {
namespace {

Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Not std::hypot: with three arguments libstdc++ 12 makes 0 of (0, 0, NaN).
double length(const Vec3& a) {
  return std::sqrt(dot(a, a));
}

double distance(const Vec3& a, const Vec3& b) {
  return length({a[0] - b[0], a[1] - b[1], a[2] - b[2]});
}

/// Index of a corner's voxel, 0…7.
Vec3 cornerIndex(const VoxelGrid& grid, unsigned corner) {
  Vec3 index{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if ((corner >> axis & 1u) != 0) index[axis] = static_cast<double>(grid.size[axis] - 1);
  }
  return index;
}

}  // namespace

Vec3 VoxelGrid::toWorld(const Vec3& index) const {
  Vec3 world = origin;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::size_t i = 0; i < 3; ++i)
      world[i] += direction[axis][i] * spacing[axis] * index[axis];
  }
  return world;
}

Vec3 VoxelGrid::toIndex(const Vec3& world) const {
  const Vec3 shift{world[0] - origin[0], world[1] - origin[1], world[2] - origin[2]};
  const double volume = dot(direction[0], cross(direction[1], direction[2]));
  return {dot(shift, cross(direction[1], direction[2])) / volume / spacing[0],
          dot(shift, cross(direction[2], direction[0])) / volume / spacing[1],
          dot(shift, cross(direction[0], direction[1])) / volume / spacing[2]};
}

bool VoxelGrid::matches(const VoxelGrid& other, double toleranceMm) const {
  if (size != other.size) return false;
  for (unsigned corner = 0; corner < 8; ++corner) {
    const Vec3 index = cornerIndex(*this, corner);
    if (!(distance(toWorld(index), other.toWorld(index)) <= toleranceMm)) return false;
  }
  return true;
}

double VoxelGrid::diagonalMm() const {
  Vec3 extent{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    extent[axis] = static_cast<double>(size[axis]) * spacing[axis];
  }
  return length(extent);
}

}  // namespace modascope
