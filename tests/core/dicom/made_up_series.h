#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// A series of MR slices that nobody was scanned for.
struct MadeUpSeries {
  VoxelGrid grid;
  std::string uid = "1.2.826.0.1.3680043.8.498.2";
  std::string description = "t1 mprage";
  std::string patient = "Nobody^Here";
  std::string sopClass = "1.2.840.10008.5.1.4.1.1.4";  ///< MR Image Storage
  std::vector<std::int64_t> missing = {};              ///< slices that are not written
};

/// 7 × 5 × 6 voxels of three sizes, turned about all axes.
VoxelGrid obliqueGrid();

/// One file a slice, their names in another order than the slices. Missing parent folders are made.
void writeSeries(const std::filesystem::path& folder, const MadeUpSeries& series);
/// Where `writeSeries` writes a slice.
std::filesystem::path sliceFile(const std::filesystem::path& folder, std::int64_t z);
/// Sets an attribute of a file, named as in "ImagePositionPatient"; an empty value takes it out.
void changeDicom(const std::filesystem::path& file, const std::string& name,
                 const std::string& value);
/// As DCMTK prints it; of several values all, with backslashes between.
std::string dicomValue(const std::filesystem::path& file, const std::string& name);
/// Packs a file's pixels without loss (RLE).
void compressDicom(const std::filesystem::path& file);
/// As it is, in place of what was there.
void writeBytes(const std::filesystem::path& file, std::string_view bytes);
/// Leaves a part of a file, from its beginning.
void cutOff(const std::filesystem::path& file, double share);

}  // namespace modascope
