#include "core/adapters/ssf.h"

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

Ssf::Ssf(const std::vector<AdaptedLayer>& layers) {
  for (const AdaptedLayer& layer : layers) {
    Scaled scaled{layer};
    if (layer.needsScale) scaled.scale = layout_.add(layer.name + ".scale", {layer.channels()});
    if (layer.needsShift && !layer.biases.empty())
      scaled.shift = layout_.add(layer.name + ".shift", {layer.channels()});
    if (scaled.scale || scaled.shift) scaled_.push_back(scaled);
  }
}

Tensor Ssf::start() const {
  Tensor delta = Adapter::start();
  for (const Scaled& scaled : scaled_)
    if (scaled.scale) part(delta, *scaled.scale).fill_(1);
  return delta;
}

std::vector<Adapter::Change> Ssf::changes(const Tensor& frozen, const Tensor& delta) const {
  std::vector<Change> all;
  for (const auto& [layer, scale, shift] : scaled_) {
    const auto scaled = [&](const ParameterBlock& block) {
      const Tensor value = partOf(frozen, block);
      if (!scale) return value;
      std::vector<std::int64_t> rows(block.shape.size(), 1);
      rows.front() = layer.channels();
      return value * part(delta, *scale).view(rows);
    };
    if (scale)
      for (const ParameterBlock& weight : layer.weights) all.push_back({weight, scaled(weight)});
    for (const ParameterBlock& bias : layer.biases)
      all.push_back({bias, shift ? scaled(bias) + part(delta, *shift) : scaled(bias)});
  }
  return all;
}

}  // namespace modascope
