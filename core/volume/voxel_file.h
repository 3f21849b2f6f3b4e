#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/volume/nifti_geometry.h"
#include "core/volume/nifti_header.h"
#include "core/volume/volume.h"

namespace modascope {

/// Voxels of NIfTI files and headers for them, by ITK. In a build without medical images every
/// function throws `Error` and says so.

/// Component `component` (0 in a 3D file) of a file whose header has been checked, slope applied.
std::vector<float> readVoxels(const std::filesystem::path& file, const NiftiHeader& header,
                              int component);
/// By NIfTI's codes.
enum class VoxelType { Byte = 2, Float = 16 };

/// What a NIfTI-1 file holds before its voxels: the header, 348 bytes, and that nothing extends it.
/// `like`: as in `writeVolume`.
std::vector<unsigned char> niftiBeginning(const VoxelGrid& grid, VoxelType type,
                                          const std::optional<NiftiSpace>& like);

/// Throws `Error` in a build without medical images.
void requireImaging();

}  // namespace modascope
