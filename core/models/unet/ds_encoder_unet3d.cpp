#include "core/models/unet/ds_encoder_unet3d.h"

#include <ATen/ATen.h>

#include "core/models/unet/feature_fusion.h"
#include "core/models/unet/unet_cut.h"

namespace modascope {

using torch::Tensor;

DsEncoderUnet3d::DsEncoderUnet3d(double width, ModalitySchema schema,
                                 std::vector<std::string> outputs, Seed seed, torch::Device device)
    : AutogradModel(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  const auto split = channels.begin() + static_cast<std::ptrdiff_t>(kOwnLevels);
  for (const ModalityId id : schema_.ids())
    encoders_.push_back(addUnetEncoder(layout_, "encoder." + schema_.key(id) + ".", 1,
                                       {channels.begin(), split}, {id, std::nullopt}));
  backbone_ = addUnetEncoder(layout_, "backbone.", *(split - 1), {split, channels.end()});
  decoder_ = addUnetDecoder(layout_, "", channels, channels, classes());
  start(seed, device);
}

std::vector<Tensor> DsEncoderUnet3d::run(const ParameterValues& values, const Tensor& x,
                                         const std::vector<ModalitySet>& subsets) const {
  const auto features = featuresOf(x, subsets, [&](ModalityId id, const Tensor& channel) {
    auto levels = runUnetEncoder(encoders_[id.index()], values, channel);
    const auto deeper = runUnetEncoder(backbone_, values, levels.back(), true);
    levels.insert(levels.end(), deeper.begin(), deeper.end());
    return levels;
  });
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets)
    outputs.push_back(runUnetDecoder(decoder_, values, fusedFeatures(features, set, meanOf)));
  return outputs;
}

std::vector<OwnLayer> DsEncoderUnet3d::ownLayers() const {
  return layersOfKinds(describe(), {"encoder", "bottleneck"});
}

LayerCut DsEncoderUnet3d::cutAt(std::size_t layer, const Tensor& x, ModalitySet set) const {
  FusedUnet net{{}, meanOf, decoder_, values()};
  for (const ModalityId id : set.ids()) {
    net.encoders.push_back(encoders_[id.index()]);
    net.encoders.back().insert(net.encoders.back().end(), backbone_.begin(), backbone_.end());
  }
  return cutFusedUnet(std::move(net), layer, channelsOf(x, set));
}

ModelDescription DsEncoderUnet3d::describe() const {
  ModelDescription model{"ds-encoder", schema_, outputs_, {}, true};
  model.blocks = ownedByEachModality(describeUnetEncoder(layout_, encoders_.front()));
  append(model.blocks, describeUnetEncoder(layout_, backbone_, static_cast<int>(kOwnLevels)));
  model.blocks.push_back({"mean of features", "fusion", kUnetLevels, 0, 0});
  append(model.blocks, describeUnetDecoder(layout_, decoder_));
  return model;
}

}  // namespace modascope
