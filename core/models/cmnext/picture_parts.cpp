#include "core/models/cmnext/picture_parts.h"

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

PictureConv addPictureConv(ParameterLayout& layout, const std::string& name, std::int64_t in,
                           std::int64_t out, const ConvShape& shape) {
  const std::size_t weight = layout.add(
      name + ".conv.weight", {out, shape.depthwise ? 1 : in, shape.kernel, shape.kernel});
  return {weight, layout.add(name + ".conv.bias", {out}), shape};
}

Tensor runPictureConv(const PictureConv& conv, const ParameterValues& values, const Tensor& x) {
  const ConvShape& shape = conv.shape;
  return at::conv2d(x.permute({0, 3, 1, 2}), values[conv.weight], values[conv.bias], shape.stride,
                    shape.padding, 1, shape.depthwise ? x.size(3) : 1)
      .permute({0, 2, 3, 1})
      .contiguous();
}

PatchEmbedding addPatchEmbedding(ParameterLayout& layout, const std::string& name, std::int64_t in,
                                 std::int64_t out, std::int64_t stride) {
  const std::int64_t kernel = 2 * stride - 1;
  const auto project =
      addPictureConv(layout, name + ".project", in, out, {kernel, stride, kernel / 2, false});
  return {project, addNorm(layout, name + ".patches", out)};
}

Tensor runPatchEmbedding(const PatchEmbedding& patches, const ParameterValues& values,
                         const Tensor& x) {
  return runNorm(patches.norm, values, runPictureConv(patches.project, values, x));
}

MixFeedForward addMixFeedForward(ParameterLayout& layout, const std::string& name,
                                 std::int64_t width) {
  const std::int64_t hidden = 4 * width;
  MixFeedForward part;
  part.in = addLinear(layout, name + ".in", width, hidden);
  part.mix = addPictureConv(layout, name + ".mix", hidden, hidden, {3, 1, 1, true});
  part.out = addLinear(layout, name + ".out", hidden, width);
  return part;
}

Tensor runMixFeedForward(const MixFeedForward& part, const ParameterValues& values,
                         const Tensor& x) {
  const Tensor mixed = runPictureConv(part.mix, values, runLinear(part.in, values, x));
  return runLinear(part.out, values, at::gelu(mixed));
}

PictureBlock addPictureBlock(ParameterLayout& layout, const std::string& name, std::int64_t width,
                             std::int64_t reduction) {
  PictureBlock block;
  block.before = addNorm(layout, name + ".before", width);
  block.attention = addAttention(layout, name + ".attention", width);
  if (reduction > 1)
    block.reduce = {
        addPictureConv(layout, name + ".reduce", width, width, {reduction, reduction, 0, false}),
        addNorm(layout, name + ".reduced", width)};
  block.between = addNorm(layout, name + ".between", width);
  block.feed = addMixFeedForward(layout, name + ".feed", width);
  return block;
}

Tensor runPictureBlock(const PictureBlock& block, const ParameterValues& values, const Tensor& x,
                       int heads) {
  const Tensor normed = runNorm(block.before, values, x);
  const Tensor context = block.reduce ? runPatchEmbedding(*block.reduce, values, normed) : normed;
  const Tensor seen =
      runAttention(block.attention, values, placesOf(normed), placesOf(context), heads);
  const Tensor h = x + seen.view(x.sizes());
  return h + runMixFeedForward(block.feed, values, runNorm(block.between, values, h));
}

Tensor placesOf(const Tensor& x) {
  return x.reshape({x.size(0), -1, x.size(3)});
}

Tensor resized(const Tensor& x, std::int64_t height, std::int64_t width) {
  return at::upsample_bilinear2d(x.permute({0, 3, 1, 2}), {height, width}, false)
      .permute({0, 2, 3, 1})
      .contiguous();
}

}  // namespace modascope
