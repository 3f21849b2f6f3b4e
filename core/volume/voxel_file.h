#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "core/volume/nifti_header.h"
#include "core/volume/volume.h"

namespace modascope {

/// Voxels from and to NIfTI files, by ITK. In a build without medical images every function throws
/// `Error` and says so.

/// Component `component` (0 in a 3D file) of a file whose header has been checked, slope applied.
std::vector<float> readVoxels(const std::filesystem::path& file, const NiftiHeader& header,
                              int component);
void writeVoxels(const std::filesystem::path& file, const VoxelGrid& grid,
                 std::span<const float> voxels);
void writeVoxels(const std::filesystem::path& file, const VoxelGrid& grid,
                 std::span<const std::uint8_t> voxels);

/// Throws `Error` in a build without medical images.
void requireImaging();

}  // namespace modascope
