#pragma once

#include <vector>

#include "core/dicom/slice_header.h"

namespace modascope {

/// Sorts the slices of one series by where they lie along their normal and returns the grid that
/// they make. Throws `Error` as `readDicomSeries` does.
VoxelGrid stackSlices(std::vector<SliceHeader>& slices);

}  // namespace modascope
