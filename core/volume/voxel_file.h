#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/volume/nifti_geometry.h"
#include "core/volume/nifti_header.h"
#include "core/volume/volume.h"

namespace modascope {

/// Voxels from and to NIfTI files, by ITK. In a build without medical images every function throws
/// `Error` and says so.

/// Component `component` (0 in a 3D file) of a file whose header has been checked, slope applied.
std::vector<float> readVoxels(const std::filesystem::path& file, const NiftiHeader& header,
                              int component);
/// Does not say when the disk is full. `like`: as in `writeVolume`.
void writeVoxels(const std::filesystem::path& file, const Volume& volume,
                 const std::optional<NiftiSpace>& like);
void writeVoxels(const std::filesystem::path& file, const LabelVolume& volume,
                 const std::optional<NiftiSpace>& like);

/// Throws `Error` in a build without medical images.
void requireImaging();

}  // namespace modascope
