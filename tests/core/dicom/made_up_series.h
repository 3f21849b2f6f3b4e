#pragma once

#include <filesystem>
#include <string>

#include "core/volume/volume.h"

namespace modascope::testing {

/// How a made-up series is written.
struct SeriesStyle {
  std::string uid = "1.2.3.4";
  std::string description = "t1 sag";
  int without = -1;          ///< this slice is missing
  std::string prefix = "x";  ///< of the names, which go backwards
};

/// The grid's slices as single MR images of one patient, z along their normal.
void writeSeries(const std::filesystem::path& folder, const VoxelGrid& grid,
                 const SeriesStyle& style = {});

/// Turned about two axes, so that no axis of the scanner is one of the patient.
VoxelGrid obliqueGrid();

}  // namespace modascope::testing
