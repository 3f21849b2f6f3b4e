#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// One slice's file, and the identifiers by which other objects refer to it.
struct DicomInstance {
  std::filesystem::path file;
  std::string sopClass;
  std::string sopInstance;
};

/// A series of slices as one volume: what an object that belongs to it must name.
struct DicomSeries {
  std::filesystem::path folder;
  /// x along a slice's rows, y down its columns, z from slice to slice along their normal.
  VoxelGrid grid;
  std::vector<DicomInstance> slices;  ///< one a z, in this order
  std::string study;                  ///< UIDs
  std::string series;
  std::string frameOfReference;
  std::string modality;     ///< "MR"
  std::string description;  ///< "t1 mprage sag"; may be empty
};

/// Reads the headers of the MR, CT or PET slices that lie in a folder, in files of any name and
/// with pixels that are compressed in any way; what is no such slice is left aside. Throws `Error`
/// when there is none, when they are of several series, of several sizes or orientations, when one
/// is damaged or missing, when two lie in one place, and when they make no straight stack.
DicomSeries readDicomSeries(const std::filesystem::path& folder);

}  // namespace modascope
