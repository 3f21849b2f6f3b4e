#include "core/models/unet/ds_encoder_unet3d.h"

namespace modascope {

DsEncoderUnet3d::DsEncoderUnet3d(double width, ModalitySchema schema,
                                 std::vector<std::string> outputs, Seed seed, torch::Device device)
    : PlannedUnet3d(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  const auto split = channels.begin() + static_cast<std::ptrdiff_t>(kOwnLevels);
  for (const ModalityId id : schema_.ids())
    plan_.encoders.push_back(addUnetEncoder(layout_, "encoder." + schema_.key(id) + ".", 1,
                                            {channels.begin(), split}, {id, std::nullopt}));
  const auto backbone = addUnetEncoder(layout_, "backbone.", *(split - 1), {split, channels.end()});
  for (auto& levels : plan_.encoders) levels.insert(levels.end(), backbone.begin(), backbone.end());
  plan_.fusion = FeatureFusion::Mean;
  plan_.decoders.push_back(addUnetDecoder(layout_, "", channels, channels, classes()));
  start(seed, device);
}

SubsetRun DsEncoderUnet3d::runFor(ModalitySet set) const {
  return encoderForEach(set);
}

ModelDescription DsEncoderUnet3d::describe() const {
  ModelDescription model{"ds-encoder", schema_, outputs_, {}, true};
  const auto& levels = plan_.encoders.front();
  const auto split = levels.begin() + static_cast<std::ptrdiff_t>(kOwnLevels);
  model.blocks = ownedByEachModality(describeUnetEncoder(layout_, {levels.begin(), split}));
  append(model.blocks,
         describeUnetEncoder(layout_, {split, levels.end()}, static_cast<int>(kOwnLevels)));
  model.blocks.push_back({"mean of features", "fusion", kUnetLevels, 0, 0});
  append(model.blocks, describeUnetDecoder(layout_, plan_.decoders.front()));
  return model;
}

}  // namespace modascope
