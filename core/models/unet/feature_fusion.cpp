#include "core/models/unet/feature_fusion.h"

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

Tensor fused(const std::vector<Tensor>& features, FeatureFusion fusion) {
  const Tensor& first = features.front();
  const bool alone = features.size() == 1;
  if (fusion != FeatureFusion::MeanAndVariance) return alone ? first : at::stack(features).mean(0);
  if (alone) return at::cat({first, torch::zeros_like(first)}, 1);
  const Tensor all = at::stack(features);
  return at::cat({all.mean(0), all.var(at::IntArrayRef{0}, true)}, 1);
}

FeatureLevels fusedFeatures(const std::vector<FeatureLevels>& features, FeatureFusion fusion) {
  FeatureLevels levels;
  for (std::size_t level = 0; level < features.front().size(); ++level) {
    std::vector<Tensor> available;
    for (const FeatureLevels& one : features) available.push_back(one[level]);
    levels.push_back(fused(available, fusion));
  }
  return levels;
}

}  // namespace modascope
