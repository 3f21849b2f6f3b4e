#pragma once

#include <string>

#include "core/volume/volume.h"

namespace modascope {

/// What 8 bits keep of intensities: 0 stays 0, `low` and below becomes 1, `high` and above 255.
struct GreyScale {
  double low = 0;
  double high = 1;
  bool operator==(const GreyScale&) const = default;
};

/// From the 0.1 % to the 99.9 % quantile of what is not 0.
GreyScale greyScaleOf(const Volume& image);
std::string toGreyLevels(const Volume& image, const GreyScale& scale);
/// `levels` has one byte a voxel of the grid.
Volume fromGreyLevels(const std::string& levels, const VoxelGrid& grid, const GreyScale& scale);

}  // namespace modascope
