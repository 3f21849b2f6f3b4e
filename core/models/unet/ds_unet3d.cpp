#include "core/models/unet/ds_unet3d.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/unet/ds_unet3d_tape.h"
#include "core/models/unet/unet_cut.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

DsUnet3d::DsUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
                   torch::Device device, Precision precision)
    : schema_(std::move(schema)), outputs_(std::move(outputs)), precision_(precision) {
  if (precision == Precision::BFloat16 && !device.is_cpu())
    throw Error("compute.precision = bfloat16 is for the processor: set compute.device to cpu.");
  const auto c = unetChannels(width);
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
  const auto startBlock = [&](const SharedBlock& block) {
    for (const SharedConv& conv : {block.a, block.b}) {
      startConvolution(parameter(conv.weight), parameter(conv.bias), rng);
      affine(conv.gamma, conv.out).fill_(1);
    }
  };
  startBlock(first_);
  for (const SharedBlock& block : down_) startBlock(block);
  for (const SharedBlock& block : up_) startBlock(block);
  startConvolution(parameter(headWeight_), parameter(headBias_), rng);
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

double DsUnet3d::convolutionWork(std::int64_t voxels) const {
  const auto work = [&](const SharedBlock& block, int level) {
    const auto weights = layout_[block.a.weight].size + layout_[block.b.weight].size;
    return 2.0 * static_cast<double>(weights) * static_cast<double>(voxels >> (3 * level));
  };
  double sum = work(first_, 0) +
               2.0 * static_cast<double>(layout_[headWeight_].size) * static_cast<double>(voxels);
  for (int i = 0; i < kLevels; ++i) sum += work(down_[i], i + 1) + work(up_[i], kLevels - 1 - i);
  return sum;
}

torch::Tensor DsUnet3d::branchLogits(const torch::Tensor& x,
                                     const std::vector<ModalityId>& which) const {
  return runUnet(*this, x, which);
}

std::vector<OwnLayer> DsUnet3d::ownLayers() const {
  return layersOfKinds(describe(), {"encoder", "bottleneck", "decoder"});
}

LayerCut DsUnet3d::cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const {
  const torch::Tensor which = indicesOf(set, x.device());
  BranchedUnet net;
  for (std::size_t b = 0; b < layout_.blocks().size(); ++b) net.values.push_back(parameter(b));
  const auto plainConv = [&](const SharedConv& conv) {
    for (const std::size_t block : {conv.gamma, conv.beta})
      net.values[block] = affine(block, conv.out).index_select(0, which);
    return UnetConv{conv.weight, conv.bias, conv.gamma, conv.beta};
  };
  const auto plain = [&](const SharedBlock& block) {
    return UnetBlock{plainConv(block.a), plainConv(block.b)};
  };
  net.encoder.push_back(plain(first_));
  for (const SharedBlock& block : down_) net.encoder.push_back(plain(block));
  for (const SharedBlock& block : up_) net.decoder.up.push_back(plain(block));
  net.decoder.head = {headWeight_, headBias_};
  return cutBranchedUnet(std::move(net), layer, x.index_select(1, which).transpose(0, 1));
}

std::unique_ptr<BranchTape> DsUnet3d::record(const torch::Tensor& x) const {
  return recordUnet(*this, x);
}

}  // namespace modascope
