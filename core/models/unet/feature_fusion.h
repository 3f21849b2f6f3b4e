#pragma once

#include <vector>

#include <torch/types.h>

namespace modascope {

/// Features of a modality, one tensor [N, C, …] a level, top first.
using FeatureLevels = std::vector<torch::Tensor>;

/// How the features of the available modalities become one tensor at every level.
enum class FeatureFusion {
  None,  ///< there are only one encoder's
  Mean,
  /// [mean, variance] along the channels, the variance over n − 1 and 0 for a single modality.
  /// Source: HeMIS, Havaei et al., MICCAI 2016 (arXiv 1607.05194).
  MeanAndVariance
};

torch::Tensor fused(const std::vector<torch::Tensor>& features, FeatureFusion fusion);
/// Every level's features, fused.
FeatureLevels fusedFeatures(const std::vector<FeatureLevels>& features, FeatureFusion fusion);

}  // namespace modascope
