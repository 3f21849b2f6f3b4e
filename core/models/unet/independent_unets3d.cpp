#include "core/models/unet/independent_unets3d.h"

#include <algorithm>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

std::string nameOf(const ModalitySchema& schema, ModalitySet set) {
  std::string name;
  for (const std::string& key : keysOf(schema, set)) name += (name.empty() ? "" : "+") + key;
  return name;
}

}  // namespace

IndependentUnets3d::IndependentUnets3d(double width, ModalitySchema schema,
                                       std::vector<std::string> outputs, Seed seed,
                                       torch::Device device)
    : AutogradModel(std::move(schema), std::move(outputs)) {
  const auto channels = unetChannels(width);
  for (const ModalitySet set : allSubsets(schema_)) {
    const std::string prefix = nameOf(schema_, set) + ".";
    const PartOwner owner{std::nullopt, set};
    auto encoder = addUnetEncoder(layout_, prefix + "down.", static_cast<std::int64_t>(set.size()),
                                  channels, owner);
    networks_.push_back({set, std::move(encoder),
                         addUnetDecoder(layout_, prefix, channels, channels, classes(), owner)});
  }
  start(seed, device);
}

const IndependentUnets3d::Network& IndependentUnets3d::networkFor(ModalitySet set) const {
  return *std::find_if(networks_.begin(), networks_.end(),
                       [set](const Network& network) { return network.set == set; });
}

std::vector<Tensor> IndependentUnets3d::run(const ParameterValues& values, const Tensor& x,
                                            const std::vector<ModalitySet>& subsets) const {
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets) {
    const Network& network = networkFor(set);
    const Tensor channels = x.index_select(1, indicesOf(set, x.device()));
    outputs.push_back(
        runUnetDecoder(network.decoder, values, runUnetEncoder(network.encoder, values, channels)));
  }
  return outputs;
}

ModelDescription IndependentUnets3d::describe() const {
  ModelDescription model{"independent", schema_, outputs_, {}, false};
  for (const Network& network : networks_) {
    std::vector<BlockDescription> blocks = describeUnetEncoder(layout_, network.encoder);
    append(blocks, describeUnetDecoder(layout_, network.decoder));
    std::int64_t parameters = 0;
    for (const BlockDescription& block : blocks) parameters += block.sharedParameters;
    model.blocks.push_back(
        {labelOf(schema_, network.set), "network", 0, parameters, 0, network.set});
  }
  return model;
}

}  // namespace modascope
