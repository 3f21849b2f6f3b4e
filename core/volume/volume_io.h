#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/volume/labels.h"
#include "core/volume/nifti_geometry.h"
#include "core/volume/volume.h"

namespace modascope {

/// What was read, and what a user should know about how.
template <typename T>
struct ReadResult {
  GridVolume<T> volume;
  std::vector<std::string> notes;
  NiftiSpace space;  ///< how the file itself states the grid
};

/// The geometry and value type of a file, from its header only.
struct ImageHeader {
  VoxelGrid grid;
  int components = 1;  ///< length of the fourth dimension
  std::vector<std::string> notes;
};

ImageHeader readHeader(const std::filesystem::path& file);

/// One 3D image of any numeric type, as floats, on its own grid. Slope 0 means none; NaN voxels
/// become 0 with a note. Throws `Error` naming the file when it is unreadable, truncated or 4D.
ReadResult<float> readVolume(const std::filesystem::path& file);
/// Component `component` of a 4D file (MSD: FLAIR, T1w, T1gd, T2w).
ReadResult<float> readComponent(const std::filesystem::path& file, int component);
/// A segmentation in our own numbering (`Tissue`). Throws `Error` on a value that `profile` does
/// not know, with its count.
ReadResult<std::uint8_t> readLabels(const std::filesystem::path& file, LabelProfile profile);
/// The same of labels that stay as they are. Throws `Error` on one that `regions` does not list.
ReadResult<std::uint8_t> readLabels(const std::filesystem::path& file, const RegionSchema& regions);

/// A segmentation and the numbering that its file turned out to use.
struct SegmentationFile {
  LabelVolume volume;
  LabelProfile profile = LabelProfile::Stated;
  std::string profileNote;  ///< why it is not the numbering that the name suggests; else empty
  std::vector<std::string> notes;
};

/// As `readLabels`, but the values may overrule the numbering that the file's name suggests
/// (nothing: the name says nothing); see `settleProfile`.
SegmentationFile readSegmentation(const std::filesystem::path& file,
                                  std::optional<LabelProfile> byName);

/// NIfTI (.nii or .nii.gz), atomically. `writeLabels` writes the values of `profile`. `like` is how
/// the image that the voxels belong to states its grid: q-form, s-form, their codes and the units
/// are written as they are there. Without it both forms are made from the grid.
void writeVolume(const std::filesystem::path& file, const Volume& volume,
                 const std::optional<NiftiSpace>& like = std::nullopt);
void writeLabels(const std::filesystem::path& file, const LabelVolume& labels,
                 LabelProfile profile = LabelProfile::Stated,
                 const std::optional<NiftiSpace>& like = std::nullopt);

}  // namespace modascope
