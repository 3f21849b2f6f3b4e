#include "core/models/ds_unet3d.h"

#include <cmath>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/ds_unet3d_tape.h"

namespace modascope {
namespace {

std::vector<std::int64_t> channelsFor(double width) {
  const double first = 32 * width;
  if (first < 8 || first != std::floor(first) || std::fmod(first, 8) != 0)
    throw Error("model.width is " + std::to_string(width) +
                "; 32 times the width must be a multiple of 8, as in 0.25, 0.5 or 1.");
  const auto c = static_cast<std::int64_t>(first);
  return {c, 2 * c, 4 * c, 8 * c, 8 * c};
}

/// The framework's usual start for a convolution: uniform within ±1/√(fan in), bias alike.
void fillUniform(torch::Tensor values, double bound, std::mt19937_64& rng) {
  const auto host = torch::empty(values.sizes(), torch::kFloat32);
  float* p = host.data_ptr<float>();
  for (std::int64_t i = 0; i < host.numel(); ++i)
    p[i] = static_cast<float>((2 * uniform(rng) - 1) * bound);
  values.copy_(host);
}

}  // namespace

DsUnet3d::DsUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
                   torch::Device device)
    : schema_(std::move(schema)), outputs_(std::move(outputs)) {
  const auto c = channelsFor(width);
  first_ = addBlock("inc", 1, c[0], c[0]);
  for (int i = 0; i < kLevels; ++i)
    down_.push_back(addBlock("down." + std::to_string(i), c[i], c[i + 1], c[i + 1]));
  for (int i = 0; i < kLevels; ++i) {
    const std::int64_t skip = c[kLevels - 1 - i], out = c[std::max(kLevels - 2 - i, 0)];
    up_.push_back(addBlock("up." + std::to_string(i), 2 * skip, skip, out));
  }
  const auto classes = static_cast<std::int64_t>(outputs_.size());
  headWeight_ = layout_.add("head.weight", {classes, c[0], 1, 1, 1});
  headBias_ = layout_.add("head.bias", {classes});
  allocate(device);
  initialise(seed);
}

SharedConv DsUnet3d::addConv(const std::string& name, std::int64_t in, std::int64_t out) {
  SharedConv conv{in, out};
  conv.weight = layout_.add(name + ".conv.weight", {out, in, 3, 3, 3});
  conv.bias = layout_.add(name + ".conv.bias", {out});
  for (const char* kind : {"weight", "bias"})
    for (const ModalityId id : schema_.ids()) {
      const std::size_t block =
          layout_.add(name + ".norm." + schema_.key(id) + "." + kind, {out}, id);
      if (id.index() == 0) (kind[0] == 'w' ? conv.gamma : conv.beta) = block;
    }
  return conv;
}

SharedBlock DsUnet3d::addBlock(const std::string& name, std::int64_t in, std::int64_t mid,
                               std::int64_t out) {
  return {addConv(name + ".a", in, mid), addConv(name + ".b", mid, out)};
}

void DsUnet3d::initialise(Seed seed) {
  auto rng = seed.stream("weights");
  const auto startConv = [&](std::size_t weight, std::size_t bias, std::int64_t fanIn) {
    const double bound = 1.0 / std::sqrt(static_cast<double>(fanIn));
    fillUniform(parameter(weight), bound, rng);
    fillUniform(parameter(bias), bound, rng);
  };
  const auto startBlock = [&](const SharedBlock& block) {
    for (const SharedConv& conv : {block.a, block.b}) {
      startConv(conv.weight, conv.bias, conv.in * 27);
      affine(conv.gamma, conv.out).fill_(1);
    }
  };
  startBlock(first_);
  for (const SharedBlock& block : down_) startBlock(block);
  for (const SharedBlock& block : up_) startBlock(block);
  startConv(headWeight_, headBias_, up_.back().b.out);
}

torch::Tensor DsUnet3d::affine(std::size_t firstBlock, std::int64_t channels) const {
  const auto m = static_cast<std::int64_t>(schema_.size());
  return parameters_.narrow(0, layout_[firstBlock].offset, m * channels).view({m, channels});
}

BlockDescription DsUnet3d::describeBlock(const std::string& name, const std::string& kind,
                                         int level, const SharedBlock& block) const {
  BlockDescription words{name, kind, level, 0, 0};
  for (const SharedConv& conv : {block.a, block.b}) {
    words.sharedParameters += layout_[conv.weight].size + layout_[conv.bias].size;
    words.perModalityParameters += 2 * conv.out;
  }
  return words;
}

ModelDescription DsUnet3d::describe() const {
  ModelDescription model{"ds-norm", schema_, outputs_, {}, true};
  model.blocks.push_back(describeBlock("in", "encoder", 0, first_));
  for (int i = 0; i < kLevels; ++i) {
    const bool last = i + 1 == kLevels;
    model.blocks.push_back(describeBlock("down " + std::to_string(i + 1),
                                         last ? "bottleneck" : "encoder", i + 1, down_[i]));
  }
  for (int i = 0; i < kLevels; ++i)
    model.blocks.push_back(
        describeBlock("up " + std::to_string(i + 1), "decoder", kLevels - 1 - i, up_[i]));
  model.blocks.push_back(
      {"head", "head", 0, layout_[headWeight_].size + layout_[headBias_].size, 0});
  model.blocks.push_back({"mean of logits", "fusion", 0, 0, 0});
  return model;
}

torch::Tensor DsUnet3d::branchLogits(const torch::Tensor& x,
                                     const std::vector<ModalityId>& which) const {
  return runUnet(*this, x, which, nullptr);
}

std::unique_ptr<BranchTape> DsUnet3d::record(const torch::Tensor& x) const {
  return std::make_unique<DsUnet3dTape>(*this, x);
}

}  // namespace modascope
