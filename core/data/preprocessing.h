#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/data/case.h"

namespace modascope {

/// ZScore: clipped at the 1st and 99th percentile of the non-zero voxels, then mean 0 and
/// deviation 1 over them. MinMax: to [0, 1] over all voxels. Zeros (background) stay 0 in both.
enum class Preprocessing { ZScore, MinMax };

/// "zscore" or "minmax". Throws `Error` otherwise.
Preprocessing preprocessingFrom(std::string_view name);

void normalise(Volume& volume, Preprocessing how);

/// A case as a network sees it: normalised, at the training spacing, cut to the box that holds
/// every non-zero voxel.
struct PreparedCase {
  std::string id;
  VoxelGrid grid;
  std::vector<std::optional<Volume>> modalities;  ///< on `grid`

  std::optional<ModalitySet> available() const;
  std::size_t bytes() const;
};

/// And the truth that goes with it: what a network learns from.
struct LabelledCase {
  PreparedCase images;
  LabelVolume labels;  ///< on the images' grid

  std::size_t bytes() const { return images.bytes() + labels.voxels.size(); }
};

/// `spacing` in mm.
PreparedCase prepare(const Case& patient, const Vec3& spacing, Preprocessing how);
LabelledCase prepare(const LabelledPatient& patient, const Vec3& spacing, Preprocessing how);

}  // namespace modascope
