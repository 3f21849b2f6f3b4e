#include "core/adapters/bitfit.h"

#include <ATen/ATen.h>

namespace modascope {

BitFit::BitFit(const std::vector<AdaptedLayer>& layers) {
  for (const AdaptedLayer& layer : layers) {
    if (!layer.bias) continue;
    biases_.push_back(*layer.bias);
    layout_.add(layer.name + ".shift", layer.bias->shape);
  }
}

std::vector<Adapter::Change> BitFit::changes(const torch::Tensor& frozen,
                                             const torch::Tensor& delta) const {
  std::vector<Change> all;
  for (std::size_t i = 0; i < biases_.size(); ++i)
    all.push_back({biases_[i], partOf(frozen, biases_[i]) + part(delta, i)});
  return all;
}

}  // namespace modascope
