#pragma once

#include <torch/types.h>

namespace modascope {

/// 3×3×3 convolutions, padding 1, laid out so that each call is one large one (METHOD 2.1):
/// activations are [N, M, C, D, H, W], cotangents [N, M, R, C, D, H, W], both contiguous, so that
/// the same memory is also [N·M, C, …], [N, M·C, …] or [N·M·R, C, …].

/// x [B, I, …], weight [O, I, 3, 3, 3], bias [O] → [B, O, …].
torch::Tensor conv3d(const torch::Tensor& x, const torch::Tensor& weight,
                     const torch::Tensor& bias);

/// dz [B, O, …] → gradient of the input [B, I, …].
torch::Tensor conv3dInputGradient(const torch::Tensor& dz, const torch::Tensor& weight);

/// One weight gradient per (modality, cotangent) pair: x [N, M, I, …], dz [N, M, R, O, …] →
/// [M·R, O·I·27], summed over N. One grouped convolution with R·O output channels per modality.
torch::Tensor conv3dWeightRows(const torch::Tensor& x, const torch::Tensor& dz);

/// The sum of all weight gradients: x [B, I, …], dz [B, O, …] → [O·I·27].
torch::Tensor conv3dWeightSum(const torch::Tensor& x, const torch::Tensor& dz);

}  // namespace modascope
