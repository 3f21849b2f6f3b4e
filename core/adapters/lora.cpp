#include "core/adapters/lora.h"

#include <cmath>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/parameter_parts.h"

namespace modascope {

using torch::Tensor;

Lora::Lora(const std::vector<AdaptedLayer>& layers, std::int64_t rank, double alpha, Seed seed)
    : factor_(alpha / static_cast<double>(rank)), seed_(seed) {
  if (rank < 1)
    throw Error("The rank of a LoRA adapter is " + std::to_string(rank) + "; 1 is the least.");
  for (const AdaptedLayer& layer : layers) {
    if (layer.kind == LayerKind::Normalisation) continue;
    const ParameterBlock& weight = layer.weights.front();
    const std::int64_t in = weight.size / layer.channels();
    const std::size_t down = layout_.add(layer.name + ".down", {rank, in});
    updated_.push_back({weight, down, layout_.add(layer.name + ".up", {layer.channels(), rank})});
  }
}

/// A uniform within ±1/√in, as the layers themselves start.
Tensor Lora::start() const {
  Tensor delta = Adapter::start();
  auto rng = seed_.stream("lora");
  for (const Updated& updated : updated_) {
    const double in = static_cast<double>(layout_[updated.down].shape.back());
    fillUniform(part(delta, updated.down), 1 / std::sqrt(in), rng);
  }
  return delta;
}

std::vector<Adapter::Change> Lora::changes(const Tensor& frozen, const Tensor& delta) const {
  std::vector<Change> all;
  for (const auto& [weight, down, up] : updated_) {
    const Tensor update = at::mm(part(delta, up), part(delta, down)) * factor_;
    all.push_back({weight, partOf(frozen, weight) + update.view(weight.shape)});
  }
  return all;
}

}  // namespace modascope
