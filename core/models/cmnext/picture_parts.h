#pragma once

#include <string>
#include <vector>

#include "core/models/transformer/transformer_parts.h"

namespace modascope {

/// The pieces of hierarchical transformers for pictures. A picture is x [N, H, W, C], so that
/// linear layers and normalisations act on its channels; a 1×1 convolution is a linear layer.
/// Source: Xie et al., SegFormer, NeurIPS 2021 (arXiv 2105.15203).

struct ConvShape {
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
  std::int64_t padding = 1;
  bool depthwise = false;  ///< each channel by itself
};

/// "<name>.conv.weight" [out, in, k, k], in = 1 where depthwise, and "<name>.conv.bias" [out].
struct PictureConv {
  std::size_t weight = 0;
  std::size_t bias = 0;
  ConvShape shape;
};
PictureConv addPictureConv(ParameterLayout& layout, const std::string& name, std::int64_t in,
                           std::int64_t out, const ConvShape& shape);
/// [N, H, W, in] → [N, H / stride, W / stride, out]
torch::Tensor runPictureConv(const PictureConv& conv, const ParameterValues& values,
                             const torch::Tensor& x);

/// Overlapping patches of a picture, embedded and normalised: 7×7 every 4 pixels, or 3×3 every 2.
struct PatchEmbedding {
  PictureConv project;
  Norm norm;
};
PatchEmbedding addPatchEmbedding(ParameterLayout& layout, const std::string& name, std::int64_t in,
                                 std::int64_t out, std::int64_t stride);
torch::Tensor runPatchEmbedding(const PatchEmbedding& patches, const ParameterValues& values,
                                const torch::Tensor& x);

/// A feed-forward of four times the width with a depthwise 3×3 convolution before its GELU, from
/// whose borders places are known: there are no positions.
struct MixFeedForward {
  Linear in;
  PictureConv mix;
  Linear out;
};
MixFeedForward addMixFeedForward(ParameterLayout& layout, const std::string& name,
                                 std::int64_t width);
torch::Tensor runMixFeedForward(const MixFeedForward& part, const ParameterValues& values,
                                const torch::Tensor& x);

/// x + attention, then + mix feed-forward, each of the normalised input. With a reduction r > 1
/// places look at the picture r times smaller in each direction.
struct PictureBlock {
  Norm before;
  Attention attention;
  std::optional<PatchEmbedding> reduce;
  Norm between;
  MixFeedForward feed;
};
PictureBlock addPictureBlock(ParameterLayout& layout, const std::string& name, std::int64_t width,
                             std::int64_t reduction);
torch::Tensor runPictureBlock(const PictureBlock& block, const ParameterValues& values,
                              const torch::Tensor& x, int heads);

/// [N, H, W, C] → [N, H·W, C]
torch::Tensor placesOf(const torch::Tensor& x);
/// Bilinear, [N, h, w, C] → [N, H, W, C].
torch::Tensor resized(const torch::Tensor& x, std::int64_t height, std::int64_t width);

}  // namespace modascope
