#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// The fields of a NIfTI-1 header that place the image in the world.
struct NiftiSpace {
  std::array<std::int64_t, 3> size{};
  std::array<float, 4> pixdim{};  ///< the handedness of the q-form, then the voxel sizes
  int units = 2;                  ///< 0 unknown (taken as mm), 1 m, 2 mm, 3 µm
  int timeUnits = 0;              ///< NIfTI's code, kept for copies
  int qformCode = 0;
  int sformCode = 0;
  std::array<float, 6> quaternion{};  ///< b, c, d, then the offsets in x, y, z
  std::array<float, 12> sform{};      ///< three rows, RAS
};

inline constexpr double kWidestHead = 600;      // mm, along an axis
inline constexpr double kTallestBody = 2500;    // mm, along an axis; a doubtful unit is judged by it
inline constexpr double kLongestImage = 10000;  // beyond that the unit is wrong
/// Whether voxels of this size, so many, could show a body or a part of it: from 0.1 to 20 mm each,
/// no axis longer than the limit, and not all below 0.5 mm in an image shorter than 50 mm.
bool couldBeABody(const VoxelGrid& grid, double longestMm = kTallestBody);
/// Of the longest axis.
double lengthMm(const VoxelGrid& grid);

/// The grid in LPS mm, its axes as they stand even where they are a little out of square. Throws
/// `Error` when the fields make no space, axes deviate from right angles by more than 1e-3, or the
/// sizes make no image of a body; appends to `notes` which of two transforms was used when they
/// disagree, and how another unit than mm was taken.
VoxelGrid gridOf(const NiftiSpace& space, const std::filesystem::path& file,
                 std::vector<std::string>& notes);

}  // namespace modascope
