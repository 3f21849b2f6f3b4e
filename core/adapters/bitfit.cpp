#include "core/adapters/bitfit.h"

#include <ATen/ATen.h>

namespace modascope {

BitFit::BitFit(const std::vector<AdaptedLayer>& layers) {
  for (const AdaptedLayer& layer : layers) {
    if (layer.biases.empty() || !layer.needsShift) continue;
    layers_.push_back(layer);
    layout_.add(layer.name + ".shift", {layer.channels()});
  }
}

std::vector<Adapter::Change> BitFit::changes(const torch::Tensor& frozen,
                                             const torch::Tensor& delta) const {
  std::vector<Change> all;
  for (std::size_t i = 0; i < layers_.size(); ++i)
    for (const ParameterBlock& bias : layers_[i].biases)
      all.push_back({bias, partOf(frozen, bias) + part(delta, i)});
  return all;
}

}  // namespace modascope
