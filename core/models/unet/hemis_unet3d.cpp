#include "core/models/unet/hemis_unet3d.h"

namespace modascope {

HemisUnet3d::HemisUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs,
                         Seed seed, torch::Device device)
    : PlannedUnet3d(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  for (const ModalityId id : schema_.ids())
    plan_.encoders.push_back(addUnetEncoder(layout_, "encoder." + schema_.key(id) + ".", 1,
                                            channels, {id, std::nullopt}));
  plan_.fusion = FeatureFusion::MeanAndVariance;
  auto fused = channels;
  for (std::int64_t& count : fused) count *= 2;
  plan_.decoders.push_back(addUnetDecoder(layout_, "", fused, channels, classes()));
  start(seed, device);
}

SubsetRun HemisUnet3d::runFor(ModalitySet set) const {
  return encoderForEach(set);
}

ModelDescription HemisUnet3d::describe() const {
  ModelDescription model{"hemis", schema_, outputs_, {}, true};
  model.blocks = ownedByEachModality(describeUnetEncoder(layout_, plan_.encoders.front()));
  model.blocks.push_back({"mean and variance", "fusion", kUnetLevels, 0, 0});
  append(model.blocks, describeUnetDecoder(layout_, plan_.decoders.front()));
  return model;
}

}  // namespace modascope
