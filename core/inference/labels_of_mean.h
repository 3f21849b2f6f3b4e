#pragma once

#include <vector>

#include <torch/types.h>

#include "core/volume/volume.h"

namespace modascope {

/// Regions where logits [3, D, H, W] (WT, TC, ET) are above 0 (sigmoid above 0.5), as labels: ET,
/// else NCR where TC, else ED where WT (METHOD section 4).
LabelVolume labelsOf(const torch::Tensor& logits, const VoxelGrid& grid);

/// The same of the mean of some of the modalities' logits [M, 3, D, H, W], in one walk: only the
/// sign of their sum matters, so that the mean need not be made.
LabelVolume labelsOfMean(const torch::Tensor& logits, const std::vector<std::size_t>& modalities,
                         const VoxelGrid& grid);

}  // namespace modascope
