#pragma once

#include "core/models/model.h"
#include "core/models/unet/feature_fusion.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// U-Nets of `unet_parts` cut in two at a layer where modalities are still apart.

/// The description's blocks of these kinds.
std::vector<OwnLayer> layersOfKinds(const ModelDescription& model,
                                    const std::vector<std::string>& kinds);

/// One U-Net that runs on each modality, whose logits are averaged. x [|S|, 1, D, H, W], one sample
/// a modality; layers: the encoder's levels, then the decoder's blocks.
struct BranchedUnet {
  std::vector<UnetBlock> encoder;
  UnetDecoder decoder;
  ParameterValues values;
};
LayerCut cutBranchedUnet(BranchedUnet net, std::size_t layer, const torch::Tensor& x);

/// An encoder for each modality, fused at every level, and one decoder. Layers: the encoder's
/// levels. `encoders` and `inputs` [1, 1, D, H, W] are those of the set, in its order.
struct FusedUnet {
  std::vector<std::vector<UnetBlock>> encoders;
  FeatureFusion fusion;
  UnetDecoder decoder;
  ParameterValues values;
};
LayerCut cutFusedUnet(FusedUnet net, std::size_t layer, const std::vector<torch::Tensor>& inputs);

}  // namespace modascope
