#pragma once

#include <optional>
#include <string>

#include "core/volume/volume.h"

namespace modascope {

/// Where one image of a case lies, compared with another: on the same grid; on the same voxels
/// stored in another order; elsewhere, so that it must be resampled.
enum class Placement { Same, OtherOrder, Elsewhere };
Placement placementOf(const VoxelGrid& grid, const VoxelGrid& reference);

/// A sentence that names both files; nothing when they lie on the same grid.
std::optional<std::string> placementNote(const std::string& name, const VoxelGrid& grid,
                                         const std::string& referenceName,
                                         const VoxelGrid& reference);

}  // namespace modascope
