#include "core/models/unet/ds_unet3d.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/unet/ds_unet3d_tape.h"
#include "core/models/unet/unet_cut.h"

namespace modascope {
namespace {

/// The same block with modality m's affines.
UnetBlock ownOf(UnetBlock block, ModalityId m) {
  for (UnetConv* conv : {&block.a, &block.b}) {
    conv->gamma += m.index();
    conv->beta += m.index();
  }
  return block;
}

}  // namespace

DsUnet3d::DsUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
                   torch::Device device, Precision precision)
    : schema_(std::move(schema)), outputs_(std::move(outputs)), precision_(precision) {
  if (precision == Precision::BFloat16 && !device.is_cpu())
    throw Error("compute.precision = bfloat16 is for the processor: set compute.device to cpu.");
  const auto c = unetChannels(width);
  encoder_.push_back(addBlock("inc", 1, c[0], c[0]));
  for (int i = 0; i < kUnetLevels; ++i)
    encoder_.push_back(addBlock("down." + std::to_string(i), c[i], c[i + 1], c[i + 1]));
  decoder_.skips = c;
  for (int i = 0; i < kUnetLevels; ++i) {
    const std::int64_t skip = c[kUnetLevels - 1 - i], out = c[std::max(kUnetLevels - 2 - i, 0)];
    decoder_.up.push_back(addBlock("up." + std::to_string(i), 2 * skip, skip, out));
  }
  decoder_.head = addUnetHead(layout_, "head", c[0], static_cast<std::int64_t>(outputs_.size()));
  start(seed, device);
}

UnetConv DsUnet3d::addConv(const std::string& name, std::int64_t in, std::int64_t out) {
  UnetConv conv;
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

UnetBlock DsUnet3d::addBlock(const std::string& name, std::int64_t in, std::int64_t mid,
                             std::int64_t out) {
  const UnetConv a = addConv(name + ".a", in, mid);
  return {a, addConv(name + ".b", mid, out)};
}

std::vector<UnetBlock> DsUnet3d::encoder(ModalityId m) const {
  std::vector<UnetBlock> levels;
  for (const UnetBlock& block : encoder_) levels.push_back(ownOf(block, m));
  return levels;
}

UnetDecoder DsUnet3d::decoder(ModalityId m) const {
  UnetDecoder own = decoder_;
  for (UnetBlock& block : own.up) block = ownOf(block, m);
  return own;
}

torch::Tensor DsUnet3d::affine(std::size_t firstBlock) const {
  const auto m = static_cast<std::int64_t>(schema_.size());
  const ParameterBlock& first = layout_[firstBlock];
  return parameters_.narrow(0, first.offset, m * first.size).view({m, first.size});
}

BlockDescription DsUnet3d::withOwnAffines(BlockDescription words, const UnetBlock& block) const {
  for (const UnetConv& conv : {block.a, block.b})
    words.perModalityParameters += layout_[conv.gamma].size + layout_[conv.beta].size;
  words.sharedParameters -= words.perModalityParameters;
  return words;
}

ModelDescription DsUnet3d::describe() const {
  ModelDescription model{"ds-norm", schema_, outputs_, {}, true};
  model.blocks = describeUnetEncoder(layout_, encoder_);
  append(model.blocks, describeUnetDecoder(layout_, decoder_));
  std::vector<UnetBlock> blocks = encoder_;
  blocks.insert(blocks.end(), decoder_.up.begin(), decoder_.up.end());
  for (std::size_t i = 0; i < blocks.size(); ++i)
    model.blocks[i] = withOwnAffines(model.blocks[i], blocks[i]);
  model.blocks.push_back({"mean of logits", "fusion", 0, 0, 0});
  return model;
}

std::optional<double> DsUnet3d::convolutionWork(const std::vector<ModalitySet>& subsets,
                                                std::int64_t voxels) const {
  const double branch = modascope::convolutionWork(layout_, encoder_, voxels) +
                        modascope::convolutionWork(layout_, decoder_, voxels);
  return branch * static_cast<double>(modalitiesOf(subsets).size());
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
  BranchedUnet net{encoder_, decoder_, values()};
  std::vector<UnetBlock> blocks = encoder_;
  blocks.insert(blocks.end(), decoder_.up.begin(), decoder_.up.end());
  for (const UnetBlock& block : blocks)
    for (const UnetConv& conv : {block.a, block.b})
      for (const std::size_t first : {conv.gamma, conv.beta})
        net.values[first] = affine(first).index_select(0, which);
  return cutBranchedUnet(std::move(net), layer, x.index_select(1, which).transpose(0, 1));
}

std::unique_ptr<BranchTape> DsUnet3d::recordBranches(const torch::Tensor& x,
                                                     const std::vector<ModalityId>& which) const {
  return recordUnet(*this, x, which);
}

}  // namespace modascope
