#pragma once

#include <filesystem>

#include "widgets/scene/surfaces.h"

namespace modascope {

/// A region's closed surface as binary STL, in mm, LPS (said in the header, as 3D Slicer reads it).
/// Throws `Error` when the region is empty or the file cannot be written.
void writeStl(const std::filesystem::path& file, const SurfaceSet& surfaces, const Region& region);

}  // namespace modascope
