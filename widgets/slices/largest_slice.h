#pragma once

#include <optional>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// The voxel in the middle of all that is labelled in the slice across `axis` that has most of it,
/// in LPS mm; nothing where no voxel is labelled.
std::optional<Vec3> middleOfLargestSlice(const LabelVolume& labels, std::size_t axis);

}  // namespace modascope
