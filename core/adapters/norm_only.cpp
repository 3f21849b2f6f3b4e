#include "core/adapters/norm_only.h"

#include <ATen/ATen.h>

namespace modascope {

NormOnly::NormOnly(const std::vector<AdaptedLayer>& layers) {
  const auto add = [this](const std::vector<ParameterBlock>& blocks) {
    for (const ParameterBlock& block : blocks) {
      affines_.push_back(block);
      layout_.add(block.name, block.shape);
    }
  };
  for (const AdaptedLayer& layer : layers) {
    if (layer.kind != LayerKind::Normalisation) continue;
    add(layer.weights);
    add(layer.biases);
  }
}

std::vector<Adapter::Change> NormOnly::changes(const torch::Tensor& frozen,
                                               const torch::Tensor& delta) const {
  std::vector<Change> all;
  for (std::size_t i = 0; i < affines_.size(); ++i)
    all.push_back({affines_[i], partOf(frozen, affines_[i]) + part(delta, i)});
  return all;
}

}  // namespace modascope
