#pragma once

#include <vector>

#include <torch/types.h>

#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// Regions where logits [K, D, H, W] are above 0 (sigmoid above 0.5), as labels, see
/// `RegionLabels`.
LabelVolume labelsOf(const torch::Tensor& logits, const RegionSchema& regions,
                     const VoxelGrid& grid);

/// The same of the mean of some of the modalities' logits [M, K, D, H, W], in one walk: only the
/// sign of their sum matters, so that the mean need not be made.
LabelVolume labelsOfMean(const torch::Tensor& logits, const std::vector<std::size_t>& modalities,
                         const RegionSchema& regions, const VoxelGrid& grid);

}  // namespace modascope
