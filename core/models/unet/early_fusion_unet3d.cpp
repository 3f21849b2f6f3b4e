#include "core/models/unet/early_fusion_unet3d.h"

namespace modascope {

EarlyFusionUnet3d::EarlyFusionUnet3d(double width, ModalitySchema schema,
                                     std::vector<std::string> outputs, Seed seed,
                                     torch::Device device)
    : PlannedUnet3d(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  const auto modalities = static_cast<std::int64_t>(schema_.size());
  plan_.encoders.push_back(addUnetEncoder(layout_, "down.", modalities, channels));
  plan_.decoders.push_back(addUnetDecoder(layout_, "", channels, channels, classes()));
  start(seed, device);
}

SubsetRun EarlyFusionUnet3d::runFor(ModalitySet set) const {
  return {{{0, set}}, 0};
}

ModelDescription EarlyFusionUnet3d::describe() const {
  ModelDescription model{"early-fusion", schema_, outputs_, {}, false};
  model.blocks.push_back({"channels, missing = 0", "fusion", 0, 0, 0});
  append(model.blocks, describeUnetEncoder(layout_, plan_.encoders.front()));
  append(model.blocks, describeUnetDecoder(layout_, plan_.decoders.front()));
  return model;
}

}  // namespace modascope
