#pragma once

#include "core/models/cmnext/picture_parts.h"

namespace modascope {

/// The pieces with which CMNeXt brings further modalities to the first one's branch. Pictures are
/// [N, H, W, C].
/// Sources: Zhang et al., CVPR 2023 (arXiv 2303.01480); the rectification and the fusion are those
/// of CMX, Zhang et al. 2023 (arXiv 2203.04838).

/// x + pooling mixer, then + mix feed-forward, each of the normalised input. The mixer is a gate on
/// each place: σ(linear(depthwise 7×7 + mean over 3×3 + 7×7 + 11×11)).
struct MixerBlock {
  Norm before;
  PictureConv local;
  Linear gate;
  Norm between;
  MixFeedForward feed;
};
MixerBlock addMixerBlock(ParameterLayout& layout, const std::string& name, std::int64_t width);
torch::Tensor runMixerBlock(const MixerBlock& block, const ParameterValues& values,
                            const torch::Tensor& x);

/// The hub: each modality's patches, raised where its own score is high; of all modalities the
/// elementwise maximum.
struct HubEntry {
  PatchEmbedding patches;
  Linear score;
};
HubEntry addHubEntry(ParameterLayout& layout, const std::string& name, std::int64_t in,
                     std::int64_t out, std::int64_t stride);
torch::Tensor runHubEntry(const HubEntry& entry, const ParameterValues& values,
                          const torch::Tensor& picture);
/// Entries [N or 1, H, W, C]; one of a single sample stands for all.
torch::Tensor largestOf(const std::vector<torch::Tensor>& entries);

/// Features of the two branches at one stage.
struct Branches {
  torch::Tensor first;
  torch::Tensor others;
};

/// Each branch gets of the other one half what channel weights and half what spatial weights let
/// through; both follow from both branches.
struct Rectification {
  Linear channelIn;
  Linear channelOut;
  Linear placeIn;
  Linear placeOut;
};
Rectification addRectification(ParameterLayout& layout, const std::string& name,
                               std::int64_t width);
Branches runRectification(const Rectification& part, const ParameterValues& values,
                          const Branches& x);

/// One branch's side of the fusion.
struct Exchange {
  Linear split;  ///< to what stays and what asks
  Linear key;    ///< of what asks in the other branch
  Linear value;  ///< likewise
  Linear join;
  Norm norm;
};
struct PictureFusion {
  Exchange first;
  Exchange others;
  Linear skip;
  Linear in;
  PictureConv mix;
  Linear out;
  Norm norm;
};
PictureFusion addPictureFusion(ParameterLayout& layout, const std::string& name,
                               std::int64_t width);
/// Each branch looks at the other in time linear in the number of places, then both become one.
torch::Tensor runPictureFusion(const PictureFusion& part, const ParameterValues& values,
                               const Branches& x, int heads);

}  // namespace modascope
