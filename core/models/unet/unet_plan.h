#pragma once

#include <vector>

#include <torch/types.h>

#include "core/models/unet/feature_fusion.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// One run of an encoder.
struct EncoderRun {
  std::size_t encoder = 0;  ///< which of the plan's
  ModalitySet sees;         ///< its input's channels; all, the others zeros, if it has so many

  bool operator==(const EncoderRun&) const = default;
};

/// What runs for a subset: encoders, whose features are fused at every level, and a decoder.
struct SubsetRun {
  std::vector<EncoderRun> encoders;
  std::size_t decoder = 0;  ///< which of the plan's
};

/// The pieces of a 3D U-Net for subsets of modalities, and how features become one.
struct UnetPlan {
  std::vector<std::vector<UnetBlock>> encoders;  ///< all levels each
  std::vector<UnetDecoder> decoders;
  FeatureFusion fusion = FeatureFusion::None;

  /// x [N, M, D, H, W] → what the run's encoder reads, [N, I, D, H, W].
  torch::Tensor inputOf(const EncoderRun& run, const ParameterLayout& layout,
                        const torch::Tensor& x) const;
};

}  // namespace modascope
