#include "core/models/cmnext/cmnext_parts.h"

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// Means over k×k places, of those that are there: over columns, then over rows.
Tensor meanAround(const Tensor& picture, std::int64_t k) {
  const Tensor columns = at::avg_pool2d(picture, {k, 1}, 1, {k / 2, 0}, false, false);
  return at::avg_pool2d(columns, {1, k}, 1, {0, k / 2}, false, false);
}

Tensor gateOf(const MixerBlock& block, const ParameterValues& values, const Tensor& x) {
  const Tensor picture = x.permute({0, 3, 1, 2});
  const Tensor means = meanAround(picture, 3) + meanAround(picture, 7) + meanAround(picture, 11);
  const Tensor context = runPictureConv(block.local, values, x) + means.permute({0, 2, 3, 1});
  return at::sigmoid(runLinear(block.gate, values, context));
}

Exchange addExchange(ParameterLayout& layout, const std::string& name, std::int64_t width) {
  Exchange part;
  part.split = addLinear(layout, name + ".split", width, 2 * width);
  part.key = addLinear(layout, name + ".key", width, width);
  part.value = addLinear(layout, name + ".value", width, width);
  part.join = addLinear(layout, name + ".join", 2 * width, width);
  part.norm = addNorm(layout, name + ".joined", width);
  return part;
}

/// What stays and what asks, [N, L, C] each.
std::vector<Tensor> splitOf(const Exchange& part, const ParameterValues& values, const Tensor& x) {
  return at::relu(runLinear(part.split, values, placesOf(x))).chunk(2, 2);
}

}  // namespace

MixerBlock addMixerBlock(ParameterLayout& layout, const std::string& name, std::int64_t width) {
  MixerBlock block;
  block.before = addNorm(layout, name + ".before", width);
  block.local = addPictureConv(layout, name + ".local", width, width, {7, 1, 3, true});
  block.gate = addLinear(layout, name + ".gate", width, width);
  block.between = addNorm(layout, name + ".between", width);
  block.feed = addMixFeedForward(layout, name + ".feed", width);
  return block;
}

Tensor runMixerBlock(const MixerBlock& block, const ParameterValues& values, const Tensor& x) {
  const Tensor normed = runNorm(block.before, values, x);
  const Tensor h = x + normed * gateOf(block, values, normed);
  return h + runMixFeedForward(block.feed, values, runNorm(block.between, values, h));
}

HubEntry addHubEntry(ParameterLayout& layout, const std::string& name, std::int64_t in,
                     std::int64_t out, std::int64_t stride) {
  const PatchEmbedding patches = addPatchEmbedding(layout, name, in, out, stride);
  return {patches, addLinear(layout, name + ".score", out, 1)};
}

Tensor runHubEntry(const HubEntry& entry, const ParameterValues& values, const Tensor& picture) {
  const Tensor patches = runPatchEmbedding(entry.patches, values, picture);
  return patches + patches * at::sigmoid(runLinear(entry.score, values, patches));
}

Tensor largestOf(const std::vector<Tensor>& entries) {
  Tensor largest = entries.front();
  for (std::size_t e = 1; e < entries.size(); ++e) largest = at::maximum(largest, entries[e]);
  return largest;
}

Rectification addRectification(ParameterLayout& layout, const std::string& name,
                               std::int64_t width) {
  Rectification part;
  part.channelIn = addLinear(layout, name + ".channel.in", 4 * width, width);
  part.channelOut = addLinear(layout, name + ".channel.out", width, 2 * width);
  part.placeIn = addLinear(layout, name + ".place.in", 2 * width, width);
  part.placeOut = addLinear(layout, name + ".place.out", width, 2);
  return part;
}

Branches runRectification(const Rectification& part, const ParameterValues& values,
                          const Branches& x) {
  const auto weights = [&](const Linear& in, const Linear& out, const Tensor& from) {
    return at::sigmoid(runLinear(out, values, at::relu(runLinear(in, values, from)))).chunk(2, -1);
  };
  const Tensor both = at::cat({x.first, x.others}, 3);
  const Tensor pooled =
      at::cat({both.mean(at::IntArrayRef{1, 2}, true), both.amax(at::IntArrayRef{1, 2}, true)}, 3);
  const auto channels = weights(part.channelIn, part.channelOut, pooled);
  const auto places = weights(part.placeIn, part.placeOut, both);
  return {x.first + 0.5 * (channels[1] + places[1]) * x.others,
          x.others + 0.5 * (channels[0] + places[0]) * x.first};
}

PictureFusion addPictureFusion(ParameterLayout& layout, const std::string& name,
                               std::int64_t width) {
  PictureFusion part;
  part.first = addExchange(layout, name + ".first", width);
  part.others = addExchange(layout, name + ".others", width);
  part.skip = addLinear(layout, name + ".skip", 2 * width, width);
  part.in = addLinear(layout, name + ".in", 2 * width, width);
  part.mix = addPictureConv(layout, name + ".mix", width, width, {3, 1, 1, true});
  part.out = addLinear(layout, name + ".out", width, width);
  part.norm = addNorm(layout, name + ".fused", width);
  return part;
}

Tensor runPictureFusion(const PictureFusion& part, const ParameterValues& values, const Branches& x,
                        int heads) {
  const auto first = splitOf(part.first, values, x.first);
  const auto others = splitOf(part.others, values, x.others);
  const auto looking = [&](const Exchange& own, const Tensor& from, const std::vector<Tensor>& mine,
                           const Tensor& there) {
    const Tensor seen = linearAttention(mine[1], runLinear(own.key, values, there),
                                        runLinear(own.value, values, there), heads);
    const Tensor joined = runLinear(own.join, values, at::cat({mine[0], seen}, 2));
    return runNorm(own.norm, values, from + joined.view(from.sizes()));
  };
  const Tensor both = at::cat({looking(part.first, x.first, first, others[1]),
                               looking(part.others, x.others, others, first[1])},
                              3);
  const Tensor mixed = runPictureConv(part.mix, values, runLinear(part.in, values, both));
  return runNorm(part.norm, values,
                 runLinear(part.skip, values, both) + runLinear(part.out, values, at::relu(mixed)));
}

}  // namespace modascope
