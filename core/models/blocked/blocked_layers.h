#pragma once

#include <torch/types.h>

#include "core/models/blocked/blocked_kernels.h"

namespace modascope {

/// Layers on blocked activations [N, C/lanes, D, H, W, lanes], float32 on the CPU, all threads; the
/// kernels' precision is that of the factors in convolutions of blocks.
/// Samples may lie apart (a slice of the channels of a wider tensor); the rest is contiguous.
/// Results do not depend on how the work is shared out among threads.

/// Group normalisation with affine, then ReLU: y = max(0, γ ⊙ x̂ + β), x̂ = (z − mean) / σ per sample
/// and group, σ² = variance + 1e-5. All [N, C], a group's values repeated for its channels.
struct BlockedNorm {
  torch::Tensor z;
  torch::Tensor mean;
  torch::Tensor inverse;      ///< 1/σ
  torch::Tensor channelMean;  ///< of z, minus `mean`
  torch::Tensor scale;        ///< γ/σ
  torch::Tensor shift;        ///< β − γ·mean/σ
};

/// What one sample's backward pass through a normalisation gives its parameters, [N, C] each.
struct BlockedNormGradients {
  torch::Tensor gamma;
  torch::Tensor beta;
  torch::Tensor bias;  ///< of the convolution before
};

class BlockedLayers {
 public:
  explicit BlockedLayers(const BlockedKernels& kernels) : kernels_(kernels) {}

  std::int64_t lanes() const { return kernels_.lanes(); }
  torch::Tensor make(std::int64_t samples, std::int64_t channels, const Grid& grid) const;

  /// weight [O, I, 3, 3, 3] → as the kernels' convolutions read it. `turned`: for the gradient of
  /// the input, outputs and inputs change places and the kernel is turned round.
  torch::Tensor packedWeights(const torch::Tensor& weight, bool turned) const;
  /// The same where x is plain volumes, whose channels need no lanes.
  torch::Tensor packedForVolumes(const torch::Tensor& weight) const;

  /// z of a convolution, with what its normalisation needs. x may be plain volumes
  /// [N, I, D, H, W]; weights packed; bias, γ, β [O].
  BlockedNorm convolveAndMeasure(const torch::Tensor& x, const torch::Tensor& weights,
                                 const torch::Tensor& bias, const torch::Tensor& gamma,
                                 const torch::Tensor& beta, std::int64_t groups) const;
  void applyNorm(const BlockedNorm& norm, torch::Tensor y) const;

  /// dy becomes dz.
  BlockedNormGradients pullNorm(torch::Tensor dy, const BlockedNorm& norm,
                                const torch::Tensor& gamma, std::int64_t groups) const;
  /// dz → dx; weights packed and turned.
  void pullConvolution(const torch::Tensor& dz, const torch::Tensor& weights,
                       torch::Tensor dx) const;
  /// Adds Σ_n to `row`, [O, I, 3, 3, 3] in a row.
  void addWeightGradient(const torch::Tensor& x, const torch::Tensor& dz, float* row) const;

  void maxPool(const torch::Tensor& x, torch::Tensor y) const;
  void addMaxPoolGradient(const torch::Tensor& x, const torch::Tensor& dy, torch::Tensor dx) const;
  /// Trilinear ×2, align_corners = true.
  void upsample(const torch::Tensor& x, torch::Tensor y) const;
  void upsampleGradient(const torch::Tensor& dy, torch::Tensor dx) const;

  /// 1×1×1 convolution: weight [K, C], bias [K] → y [N, K, D, H, W], plain.
  void project(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
               torch::Tensor y) const;
  /// c [N, K, D, H, W] → dx; adds the weight's gradient [K, C] to `row`.
  void pullProject(const torch::Tensor& x, const torch::Tensor& c, const torch::Tensor& weight,
                   torch::Tensor dx, float* row) const;

 private:
  const BlockedKernels& kernels_;
};

}  // namespace modascope
