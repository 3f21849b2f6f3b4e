#pragma once

#include <optional>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// The voxel in the middle of the tumour in its largest slice across `axis`, in LPS mm; nothing
/// where there is no tumour.
std::optional<Vec3> middleOfLargestSlice(const LabelVolume& labels, std::size_t axis);

}  // namespace modascope
