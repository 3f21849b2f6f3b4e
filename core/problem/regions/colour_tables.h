#pragma once

#include <string>

#include "core/problem/regions/region.h"

namespace modascope {

/// The labels with names and colours, as a colour table of 3D Slicer (.ctbl).
std::string slicerColourTable(const RegionSchema& regions);
/// The same as a label description file of ITK-SNAP (.txt).
std::string itkSnapLabelTable(const RegionSchema& regions);

}  // namespace modascope
