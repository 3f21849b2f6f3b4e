#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace modascope {

/// Three coordinates; the name of the variable says whether in voxels or in millimetres.
using Vec3 = std::array<double, 3>;

/// Where voxels lie in the patient: LPS world (x to the patient's left, y to the back, z to the
/// head), millimetres, as in ITK. `direction[axis]` is the unit vector along which the index of
/// that axis grows.
struct VoxelGrid {
  std::array<std::int64_t, 3> size{0, 0, 0};
  Vec3 spacing{1, 1, 1};
  Vec3 origin{0, 0, 0};
  std::array<Vec3, 3> direction{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};

  std::int64_t voxelCount() const { return size[0] * size[1] * size[2]; }
  double voxelMl() const { return spacing[0] * spacing[1] * spacing[2] / 1000.0; }
  std::size_t offset(std::int64_t x, std::int64_t y, std::int64_t z) const {
    return static_cast<std::size_t>((z * size[1] + y) * size[0] + x);
  }
  /// Continuous voxel index → LPS mm.
  Vec3 toWorld(const Vec3& index) const;
  /// LPS mm → continuous voxel index.
  Vec3 toIndex(const Vec3& world) const;
  /// The same sizes, and corners that lie within `toleranceMm` of each other.
  bool matches(const VoxelGrid& other, double toleranceMm = 0.01) const;
  /// Length of the image's diagonal in mm.
  double diagonalMm() const;
};

/// Voxels with their grid, x fastest.
template <typename T>
struct GridVolume {
  VoxelGrid grid;
  std::vector<T> voxels;

  T at(std::int64_t x, std::int64_t y, std::int64_t z) const {
    return voxels[grid.offset(x, y, z)];
  }
  T& at(std::int64_t x, std::int64_t y, std::int64_t z) { return voxels[grid.offset(x, y, z)]; }
};

using Volume = GridVolume<float>;
using LabelVolume = GridVolume<std::uint8_t>;

}  // namespace modascope
