#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/volume/volume.h"

namespace modascope {

/// A box of voxels, `low` and `high` included.
struct VoxelBox {
  std::array<std::int64_t, 3> low{0, 0, 0};
  std::array<std::int64_t, 3> high{0, 0, 0};
  bool operator==(const VoxelBox&) const = default;
};

VoxelBox wholeBox(const VoxelGrid& grid);
/// The smallest box that holds every voxel that is not zero; nothing if all are.
std::optional<VoxelBox> contentBox(const Volume& volume);
std::optional<VoxelBox> contentBox(const LabelVolume& labels);

}  // namespace modascope
