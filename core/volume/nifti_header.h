#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/volume/nifti_geometry.h"
#include "core/volume/volume.h"

namespace modascope {

/// What the header of a NIfTI-1 file says, with every bound checked before anything is allocated or
/// read: lenient readers crash, hang or invent voxels on damaged files.
struct NiftiHeader {
  VoxelGrid grid;      ///< s-form if it has one, else q-form, else the voxel sizes alone
  NiftiSpace space;    ///< both forms as they stand in the file
  int components = 1;  ///< length of the fourth dimension
  int datatype = 0;    ///< NIfTI's code
  double slope = 1;    ///< value = slope · stored + intercept; 1 and 0 where the file has none
  double intercept = 0;
  bool bigEndian = false;
  std::uint64_t imageBegin = 0;  ///< bytes from the beginning (inflated) to the first voxel
  std::uint64_t imageEnd = 0;    ///< to the last voxel's end
  bool compressed = false;
  std::vector<std::string> notes;  ///< sentences that name the file
};

/// Reads 348 bytes, and of a compressed file its last four. Throws `Error` naming the file and what
/// is wrong with it.
NiftiHeader readNiftiHeader(const std::filesystem::path& file);

/// What only the whole file can tell.
struct NiftiBody {
  std::uint64_t notFinite = 0;  ///< voxels of the component that are NaN or infinite
  std::vector<std::string> notes;
};

/// Walks through the file: checksum, length, what comes after, and the voxels that are no numbers,
/// which ITK turns into 0 without a word. Throws `Error` when it is damaged or truncated.
NiftiBody checkNiftiBody(const std::filesystem::path& file, const NiftiHeader& header,
                         int component = 0);

}  // namespace modascope
