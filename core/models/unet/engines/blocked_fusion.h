#pragma once

#include <vector>

#include <torch/types.h>

#include "core/models/unet/feature_fusion.h"

namespace modascope {

/// Fusion of blocked activations [N, C/lanes, D, H, W, lanes] of one level; samples of all may lie
/// apart. A variance lies behind the mean, as blocks of its own.

void fuseBlocked(const std::vector<torch::Tensor>& features, FeatureFusion fusion,
                 torch::Tensor fused);
/// Adds what `gradient` of `fused` gives to each one's of `gradients`.
void pullBlockedFusion(const std::vector<torch::Tensor>& features, FeatureFusion fusion,
                       const torch::Tensor& fused, const torch::Tensor& gradient,
                       const std::vector<torch::Tensor>& gradients);

}  // namespace modascope
