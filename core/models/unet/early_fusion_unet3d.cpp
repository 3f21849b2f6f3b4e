#include "core/models/unet/early_fusion_unet3d.h"

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// x with zeros where a modality is not in the set.
Tensor masked(const Tensor& x, ModalitySet set) {
  Tensor kept = torch::zeros_like(x);
  for (const ModalityId id : set.ids()) {
    const auto m = static_cast<std::int64_t>(id.index());
    kept.select(1, m).copy_(x.select(1, m));
  }
  return kept;
}

}  // namespace

EarlyFusionUnet3d::EarlyFusionUnet3d(double width, ModalitySchema schema,
                                     std::vector<std::string> outputs, Seed seed,
                                     torch::Device device)
    : AutogradModel(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  encoder_ = addUnetEncoder(layout_, "down.", static_cast<std::int64_t>(schema_.size()), channels);
  decoder_ = addUnetDecoder(layout_, "", channels, channels, classes());
  start(seed, device);
}

std::vector<Tensor> EarlyFusionUnet3d::run(const ParameterValues& values, const Tensor& x,
                                           const std::vector<ModalitySet>& subsets) const {
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets)
    outputs.push_back(
        runUnetDecoder(decoder_, values, runUnetEncoder(encoder_, values, masked(x, set))));
  return outputs;
}

ModelDescription EarlyFusionUnet3d::describe() const {
  ModelDescription model{"early-fusion", schema_, outputs_, {}, false};
  model.blocks.push_back({"channels, missing = 0", "fusion", 0, 0, 0});
  append(model.blocks, describeUnetEncoder(layout_, encoder_));
  append(model.blocks, describeUnetDecoder(layout_, decoder_));
  return model;
}

}  // namespace modascope
