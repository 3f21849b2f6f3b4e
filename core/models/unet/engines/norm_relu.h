#pragma once

#include <torch/types.h>

namespace modascope {

/// Group normalisation with an affine of each modality's own, then ReLU:
///
///     y = max(0, γ_m ⊙ x̂ + β_m),   x̂ = (z − mean) / sqrt(variance + 1e-5)   per sample and group
///
/// z [N, M, C, D, H, W]; γ, β [M, C]; mean and 1/σ [N, M, G].
struct NormStatistics {
  torch::Tensor mean;
  torch::Tensor inverseDeviation;
};

struct NormRelu {
  torch::Tensor y;
  NormStatistics statistics;
};

NormRelu normRelu(const torch::Tensor& z, const torch::Tensor& gamma, const torch::Tensor& beta,
                  std::int64_t groups);

/// Pulls R cotangents per modality back, in place: dy [N, M, R, C, D, H, W] becomes dz.
struct NormReluGradients {
  torch::Tensor gamma;  ///< [M, R, C], summed over N
  torch::Tensor beta;   ///< [M, R, C]
  torch::Tensor bias;   ///< [M, R, C]: the sum of dz, what the convolution's bias before it gets
};

NormReluGradients normReluBackward(torch::Tensor& dy, const torch::Tensor& z,
                                   const NormStatistics& statistics, const torch::Tensor& gamma,
                                   const torch::Tensor& beta);

}  // namespace modascope
