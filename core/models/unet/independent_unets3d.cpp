#include "core/models/unet/independent_unets3d.h"

#include <algorithm>

namespace modascope {
namespace {

std::string nameOf(const ModalitySchema& schema, ModalitySet set) {
  std::string name;
  for (const std::string& key : keysOf(schema, set)) name += (name.empty() ? "" : "+") + key;
  return name;
}

}  // namespace

IndependentUnets3d::IndependentUnets3d(double width, ModalitySchema schema,
                                       std::vector<std::string> outputs, Seed seed,
                                       torch::Device device)
    : PlannedUnet3d(std::move(schema), std::move(outputs)), sets_(allSubsets(schema_)) {
  const auto channels = unetChannels(width);
  for (const ModalitySet set : sets_) {
    const std::string prefix = nameOf(schema_, set) + ".";
    const PartOwner owner{std::nullopt, set};
    plan_.encoders.push_back(addUnetEncoder(
        layout_, prefix + "down.", static_cast<std::int64_t>(set.size()), channels, owner));
    plan_.decoders.push_back(addUnetDecoder(layout_, prefix, channels, channels, classes(), owner));
  }
  start(seed, device);
}

SubsetRun IndependentUnets3d::runFor(ModalitySet set) const {
  const auto which =
      static_cast<std::size_t>(std::find(sets_.begin(), sets_.end(), set) - sets_.begin());
  return {{{which, set}}, which};
}

ModelDescription IndependentUnets3d::describe() const {
  ModelDescription model{"independent", schema_, outputs_, {}, false};
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    std::vector<BlockDescription> blocks = describeUnetEncoder(layout_, plan_.encoders[i]);
    append(blocks, describeUnetDecoder(layout_, plan_.decoders[i]));
    std::int64_t parameters = 0;
    for (const BlockDescription& block : blocks) parameters += block.sharedParameters;
    model.blocks.push_back({labelOf(schema_, sets_[i]), "network", 0, parameters, 0, sets_[i]});
  }
  return model;
}

}  // namespace modascope
