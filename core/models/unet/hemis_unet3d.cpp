#include "core/models/unet/hemis_unet3d.h"

#include "core/models/unet/feature_fusion.h"
#include "core/models/unet/unet_cut.h"

namespace modascope {

using torch::Tensor;

HemisUnet3d::HemisUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs,
                         Seed seed, torch::Device device)
    : AutogradModel(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  for (const ModalityId id : schema_.ids())
    encoders_.push_back(addUnetEncoder(layout_, "encoder." + schema_.key(id) + ".", 1, channels,
                                       {id, std::nullopt}));
  auto fused = channels;
  for (std::int64_t& count : fused) count *= 2;
  decoder_ = addUnetDecoder(layout_, "", fused, channels, classes());
  start(seed, device);
}

std::vector<Tensor> HemisUnet3d::run(const ParameterValues& values, const Tensor& x,
                                     const std::vector<ModalitySet>& subsets) const {
  const auto features = featuresOf(x, subsets, [&](ModalityId id, const Tensor& channel) {
    return runUnetEncoder(encoders_[id.index()], values, channel);
  });
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets)
    outputs.push_back(
        runUnetDecoder(decoder_, values, fusedFeatures(features, set, meanAndVarianceOf)));
  return outputs;
}

std::vector<OwnLayer> HemisUnet3d::ownLayers() const {
  return layersOfKinds(describe(), {"encoder", "bottleneck"});
}

LayerCut HemisUnet3d::cutAt(std::size_t layer, const Tensor& x, ModalitySet set) const {
  FusedUnet net{{}, meanAndVarianceOf, decoder_, values()};
  for (const ModalityId id : set.ids()) net.encoders.push_back(encoders_[id.index()]);
  return cutFusedUnet(std::move(net), layer, channelsOf(x, set));
}

ModelDescription HemisUnet3d::describe() const {
  ModelDescription model{"hemis", schema_, outputs_, {}, true};
  model.blocks = ownedByEachModality(describeUnetEncoder(layout_, encoders_.front()));
  model.blocks.push_back({"mean and variance", "fusion", kUnetLevels, 0, 0});
  append(model.blocks, describeUnetDecoder(layout_, decoder_));
  return model;
}

}  // namespace modascope
