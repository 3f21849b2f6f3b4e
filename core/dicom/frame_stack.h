#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// A frame of a segmentation: where it lies, in LPS mm, and of which segment it is.
struct SegFrame {
  Vec3 origin{};
  std::array<Vec3, 2> along{};  ///< to the next column, to the next row
  double columnSpacing = 0;     ///< from column to column
  double rowSpacing = 0;
  double sliceSpacing = 0;  ///< 0: not stated
  unsigned segment = 0;     ///< from 1
  std::int64_t slice = 0;   ///< of the grid; set by `stackFrames`
};

/// The grid from the first frame along their normal to the last, and in `frames` which of its
/// slices each shows. Throws `Error` naming the file when they are turned against each other or do
/// not lie evenly.
VoxelGrid stackFrames(const std::filesystem::path& file, std::vector<SegFrame>& frames,
                      std::int64_t columns, std::int64_t rows);

}  // namespace modascope
