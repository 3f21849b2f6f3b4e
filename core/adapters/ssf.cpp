#include "core/adapters/ssf.h"

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

Ssf::Ssf(const std::vector<AdaptedLayer>& layers) {
  for (const AdaptedLayer& layer : layers) {
    Scaled scaled{layer};
    scaled.scale = layout_.add(layer.name + ".scale", {layer.channels()});
    if (layer.bias) scaled.shift = layout_.add(layer.name + ".shift", {layer.channels()});
    scaled_.push_back(scaled);
  }
}

Tensor Ssf::start() const {
  Tensor delta = Adapter::start();
  for (const Scaled& scaled : scaled_) part(delta, scaled.scale).fill_(1);
  return delta;
}

std::vector<Adapter::Change> Ssf::changes(const Tensor& frozen, const Tensor& delta) const {
  std::vector<Change> all;
  for (const auto& [layer, scale, shift] : scaled_) {
    const Tensor gamma = part(delta, scale);
    std::vector<std::int64_t> rows(layer.weight.shape.size(), 1);
    rows.front() = layer.channels();
    all.push_back({layer.weight, partOf(frozen, layer.weight) * gamma.view(rows)});
    if (layer.bias)
      all.push_back({*layer.bias, partOf(frozen, *layer.bias) * gamma + part(delta, shift)});
  }
  return all;
}

}  // namespace modascope
