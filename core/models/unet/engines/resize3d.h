#pragma once

#include <torch/types.h>

namespace modascope {

/// Halving and doubling of resolution by the tensor library. Tensors are [B, C, D, H, W].

/// Largest of each 2×2×2 cell.
torch::Tensor maxPool(const torch::Tensor& x);
/// Adds to `dx` [B·R, C, 2D, 2H, 2W] what `dy` [B·R, C, D, H, W] sends to each cell's first
/// largest voxel of x [B, C, 2D, 2H, 2W].
void addMaxPoolGradient(torch::Tensor dx, const torch::Tensor& dy, const torch::Tensor& x);

/// Trilinear ×2 with align_corners = true.
torch::Tensor upsample(const torch::Tensor& x);
/// dy [B, C, 2D, 2H, 2W] → dx [B, C, D, H, W].
torch::Tensor upsampleGradient(const torch::Tensor& dy);

}  // namespace modascope
