#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// The slices of one DICOM series, in order along their normal.
struct DicomSeries {
  VoxelGrid grid;  ///< x along the rows, y along the columns, z the slices
  std::vector<std::filesystem::path> files;  ///< of each slice
  std::string description;                   ///< as the scanner calls it; may be empty
};

/// Reads the headers of all files in a folder, whatever they are called; others than DICOM are
/// passed over. Throws `Error` when there is no slice, when there are several series, or when the
/// slices differ in size or direction or do not lie evenly.
DicomSeries openDicomSeries(const std::filesystem::path& folder);

}  // namespace modascope
