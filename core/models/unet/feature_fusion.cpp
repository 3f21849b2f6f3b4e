#include "core/models/unet/feature_fusion.h"

#include <algorithm>
#include <utility>

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

std::vector<FeatureLevels> featuresOf(
    const Tensor& x, const std::vector<ModalitySet>& subsets,
    const std::function<FeatureLevels(ModalityId, const Tensor&)>& encode) {
  std::vector<FeatureLevels> features(static_cast<std::size_t>(x.size(1)));
  for (std::size_t m = 0; m < features.size(); ++m) {
    const ModalityId id(m);
    if (std::any_of(subsets.begin(), subsets.end(), [id](auto set) { return set.contains(id); }))
      features[m] = encode(id, x.narrow(1, static_cast<std::int64_t>(m), 1));
  }
  return features;
}

Tensor meanOf(const std::vector<Tensor>& features) {
  return features.size() == 1 ? features.front() : at::stack(features).mean(0);
}

Tensor meanAndVarianceOf(const std::vector<Tensor>& features) {
  if (features.size() == 1)
    return at::cat({features.front(), torch::zeros_like(features.front())}, 1);
  const Tensor all = at::stack(features);
  return at::cat({all.mean(0), all.var(at::IntArrayRef{0}, true)}, 1);
}

FeatureLevels fusedFeatures(const std::vector<FeatureLevels>& features, ModalitySet set,
                            Fusion fuse) {
  FeatureLevels fused;
  const auto ids = set.ids();
  for (std::size_t level = 0; level < features[ids.front().index()].size(); ++level) {
    std::vector<Tensor> available;
    for (const ModalityId id : ids) available.push_back(features[id.index()][level]);
    fused.push_back(fuse(available));
  }
  return fused;
}

std::vector<BlockDescription> ownedByEachModality(std::vector<BlockDescription> blocks) {
  for (BlockDescription& block : blocks)
    std::swap(block.sharedParameters, block.perModalityParameters);
  return blocks;
}

}  // namespace modascope
