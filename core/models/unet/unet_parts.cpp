#include "core/models/unet/unet_parts.h"

#include <cmath>
#include <iterator>
#include <utility>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/unet/engines/conv3d.h"
#include "core/models/unet/engines/resize3d.h"

namespace modascope {
namespace {

using torch::Tensor;

UnetConv addConv(ParameterLayout& layout, const std::string& name, std::int64_t in,
                 std::int64_t out, const PartOwner& owner) {
  const auto add = [&](const char* part, std::vector<std::int64_t> shape) {
    return layout.add(name + part, std::move(shape), owner.modality, owner.subset);
  };
  UnetConv conv;
  conv.weight = add(".conv.weight", {out, in, 3, 3, 3});
  conv.bias = add(".conv.bias", {out});
  conv.gamma = add(".norm.weight", {out});
  conv.beta = add(".norm.bias", {out});
  return conv;
}

/// "<name>.a.conv.weight", "<name>.a.norm.weight", …
UnetBlock addBlock(ParameterLayout& layout, const std::string& name, std::int64_t in,
                   std::int64_t mid, std::int64_t out, const PartOwner& owner) {
  const UnetConv a = addConv(layout, name + ".a", in, mid, owner);
  return {a, addConv(layout, name + ".b", mid, out, owner)};
}

Tensor runConv(const UnetConv& conv, const ParameterValues& values, const Tensor& x) {
  const Tensor z = conv3d(x, values[conv.weight], values[conv.bias]);
  const Tensor &gamma = values[conv.gamma], &beta = values[conv.beta];
  if (gamma.dim() == 1) return at::relu(at::group_norm(z, kUnetGroups, gamma, beta));
  const auto ownOf = [](const Tensor& t) { return t.view({t.size(0), t.size(1), 1, 1, 1}); };
  return at::group_norm(z, kUnetGroups).mul_(ownOf(gamma)).add_(ownOf(beta)).relu_();
}

Tensor runBlock(const UnetBlock& block, const ParameterValues& values, const Tensor& x) {
  return runConv(block.b, values, runConv(block.a, values, x));
}

std::int64_t parametersOf(const ParameterLayout& layout, const UnetBlock& block) {
  std::int64_t sum = 0;
  for (const UnetConv& conv : {block.a, block.b})
    for (const std::size_t part : {conv.weight, conv.bias, conv.gamma, conv.beta})
      sum += layout[part].size;
  return sum;
}

/// A multiplication and an addition for each weight at each voxel.
double workOf(const ParameterBlock& weight, std::int64_t voxels) {
  return 2.0 * static_cast<double>(weight.size) * static_cast<double>(voxels);
}

double workOf(const ParameterLayout& layout, const UnetBlock& block, std::int64_t voxels) {
  return workOf(layout[block.a.weight], voxels) + workOf(layout[block.b.weight], voxels);
}

}  // namespace

std::vector<std::int64_t> unetChannels(double width) {
  const double first = 32 * width;
  if (first < 8 || first != std::floor(first) || std::fmod(first, 8) != 0)
    throw Error("model.width is " + std::to_string(width) +
                "; 32 times the width must be a multiple of 8, as in 0.25, 0.5 or 1.");
  const auto c = static_cast<std::int64_t>(first);
  return {c, 2 * c, 4 * c, 8 * c, 8 * c};
}

UnetHead addUnetHead(ParameterLayout& layout, const std::string& name, std::int64_t in,
                     std::int64_t outputs, const PartOwner& owner) {
  const std::size_t weight =
      layout.add(name + ".weight", {outputs, in, 1, 1, 1}, owner.modality, owner.subset);
  return {weight, layout.add(name + ".bias", {outputs}, owner.modality, owner.subset)};
}

Tensor runUnetHead(const UnetHead& head, const ParameterValues& values, const Tensor& x) {
  return at::conv3d(x, values[head.weight], values[head.bias]);
}

std::vector<UnetBlock> addUnetEncoder(ParameterLayout& layout, const std::string& prefix,
                                      std::int64_t in, const std::vector<std::int64_t>& channels,
                                      const PartOwner& owner) {
  std::vector<UnetBlock> levels;
  for (std::size_t i = 0; i < channels.size(); ++i)
    levels.push_back(addBlock(layout, prefix + std::to_string(i), i == 0 ? in : channels[i - 1],
                              channels[i], channels[i], owner));
  return levels;
}

std::vector<Tensor> runUnetEncoder(const std::vector<UnetBlock>& levels,
                                   const ParameterValues& values, const Tensor& x, bool poolFirst) {
  std::vector<Tensor> outputs;
  Tensor h = x;
  for (const UnetBlock& level : levels) {
    if (poolFirst || !outputs.empty()) h = maxPool(h);
    h = runBlock(level, values, h);
    outputs.push_back(h);
  }
  return outputs;
}

UnetDecoder addUnetDecoder(ParameterLayout& layout, const std::string& prefix,
                           const std::vector<std::int64_t>& skips,
                           const std::vector<std::int64_t>& channels, std::int64_t outputs,
                           const PartOwner& owner) {
  UnetDecoder decoder{{}, {}, skips};
  std::int64_t below = skips.back();
  for (int i = 0; i < kUnetLevels; ++i) {
    const auto level = static_cast<std::size_t>(kUnetLevels - 1 - i);
    const std::int64_t out = channels[level == 0 ? 0 : level - 1];
    decoder.up.push_back(addBlock(layout, prefix + "up." + std::to_string(i), skips[level] + below,
                                  channels[level], out, owner));
    below = out;
  }
  decoder.head = addUnetHead(layout, prefix + "head", below, outputs, owner);
  return decoder;
}

Tensor runUnetUp(const UnetDecoder& decoder, const ParameterValues& values,
                 const std::vector<Tensor>& features, Tensor h, std::size_t first,
                 std::size_t end) {
  for (std::size_t i = first; i < end; ++i)
    h = runBlock(decoder.up[i], values, at::cat({features[kUnetLevels - 1 - i], upsample(h)}, 1));
  return h;
}

Tensor runUnetDecoder(const UnetDecoder& decoder, const ParameterValues& values,
                      const std::vector<Tensor>& features) {
  const Tensor h = runUnetUp(decoder, values, features, features.back(), 0, decoder.up.size());
  return runUnetHead(decoder.head, values, h);
}

double convolutionWork(const ParameterLayout& layout, const std::vector<UnetBlock>& levels,
                       std::int64_t voxels) {
  double sum = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) sum += workOf(layout, levels[i], voxels >> 3 * i);
  return sum;
}

double convolutionWork(const ParameterLayout& layout, const UnetDecoder& decoder,
                       std::int64_t voxels) {
  double sum = workOf(layout[decoder.head.weight], voxels);
  for (std::size_t i = 0; i < decoder.up.size(); ++i)
    sum += workOf(layout, decoder.up[i], voxels >> 3 * (decoder.up.size() - 1 - i));
  return sum;
}

std::vector<BlockDescription> describeUnetEncoder(const ParameterLayout& layout,
                                                  const std::vector<UnetBlock>& levels,
                                                  int firstLevel) {
  std::vector<BlockDescription> blocks;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const int level = firstLevel + static_cast<int>(i);
    blocks.push_back({level == 0 ? "in" : "down " + std::to_string(level),
                      level == kUnetLevels ? "bottleneck" : "encoder", level,
                      parametersOf(layout, levels[i]), 0});
  }
  return blocks;
}

std::vector<BlockDescription> describeUnetDecoder(const ParameterLayout& layout,
                                                  const UnetDecoder& decoder) {
  std::vector<BlockDescription> blocks;
  for (std::size_t i = 0; i < decoder.up.size(); ++i)
    blocks.push_back({"up " + std::to_string(i + 1), "decoder",
                      kUnetLevels - 1 - static_cast<int>(i), parametersOf(layout, decoder.up[i]),
                      0});
  const UnetHead& head = decoder.head;
  blocks.push_back({"head", "head", 0, layout[head.weight].size + layout[head.bias].size, 0});
  return blocks;
}

std::vector<BlockDescription> ownedByEachModality(std::vector<BlockDescription> blocks) {
  for (BlockDescription& block : blocks)
    std::swap(block.sharedParameters, block.perModalityParameters);
  return blocks;
}

void append(std::vector<BlockDescription>& blocks, std::vector<BlockDescription> more) {
  blocks.insert(blocks.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

}  // namespace modascope
