#include "core/models/cmnext/picture_decoder.h"

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// fuse(concatenated enlarged project(x)). Enlarging is linear, and its weights sum to 1: the two
/// linear layers become one for each stage, which acts before its features are enlarged.
Tensor fused(const PictureDecoder& decoder, const ParameterValues& values,
             const std::vector<Tensor>& stages) {
  const Tensor& fuse = values[decoder.fuse.weight];
  const std::int64_t width = fuse.size(0);
  Tensor sum, bias = values[decoder.fuse.bias];
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    const Linear& project = decoder.project[stage];
    const Tensor part = fuse.narrow(1, static_cast<std::int64_t>(stage) * width, width);
    bias = bias + at::mv(part, values[project.bias]);
    const Tensor small = at::linear(stages[stage], at::mm(part, values[project.weight]));
    sum = stage == 0 ? small : sum + resized(small, sum.size(1), sum.size(2));
  }
  return sum + bias;
}

}  // namespace

PictureDecoder addPictureDecoder(ParameterLayout& layout, const std::vector<std::int64_t>& channels,
                                 std::int64_t width, std::int64_t classes) {
  PictureDecoder decoder;
  for (std::size_t stage = 0; stage < channels.size(); ++stage)
    decoder.project.push_back(
        addLinear(layout, "decoder.project." + std::to_string(stage), channels[stage], width));
  const auto stages = static_cast<std::int64_t>(channels.size());
  decoder.fuse = addLinear(layout, "decoder.fuse", stages * width, width);
  decoder.norm = addNorm(layout, "decoder.fused", width);
  decoder.head = addLinear(layout, "head", width, classes);
  return decoder;
}

Tensor runPictureDecoder(const PictureDecoder& decoder, const ParameterValues& values,
                         const std::vector<Tensor>& stages) {
  const Tensor features = at::relu(runNorm(decoder.norm, values, fused(decoder, values, stages)));
  const Tensor logits = runLinear(decoder.head, values, features);
  // Few channels are enlarged faster one after the other.
  return at::upsample_bilinear2d(logits.permute({0, 3, 1, 2}).contiguous(),
                                 {4 * logits.size(1), 4 * logits.size(2)}, false);
}

}  // namespace modascope
