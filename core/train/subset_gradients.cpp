#include "core/train/subset_gradients.h"

#include <algorithm>

#include <ATen/ATen.h>

namespace modascope {
namespace {

/// Which subsets hold modality m, as indices.
std::vector<std::size_t> subsetsWith(ModalityId m, const std::vector<ModalitySet>& subsets) {
  std::vector<std::size_t> with;
  for (std::size_t s = 0; s < subsets.size(); ++s)
    if (subsets[s].contains(m)) with.push_back(s);
  return with;
}

}  // namespace

torch::Tensor jointGradient(const BranchTape& tape, const SubsetLosses& losses) {
  torch::Tensor cotangents = torch::zeros_like(tape.logits());
  for (std::int64_t m = 0; m < cotangents.size(1); ++m) {
    torch::Tensor sum = cotangents.select(1, m);
    for (const std::size_t s : subsetsWith(ModalityId(static_cast<std::size_t>(m)), losses.subsets))
      sum.add_(losses.cotangents[s], 1.0 / static_cast<double>(losses.subsets.size()));
  }
  return tape.pullBackSum(cotangents);
}

GradientRows exactRows(const BranchTape& tape, const SubsetLosses& losses) {
  const torch::Tensor& f = tape.logits();
  const auto modalities = static_cast<std::size_t>(f.size(1));
  std::vector<std::vector<std::size_t>> with;
  for (std::size_t m = 0; m < modalities; ++m)
    with.push_back(subsetsWith(ModalityId(m), losses.subsets));
  const std::size_t most = std::max_element(with.begin(), with.end(), [](auto& a, auto& b) {
                             return a.size() < b.size();
                           })->size();

  auto shape = f.sizes().vec();
  shape.insert(shape.begin() + 2, static_cast<std::int64_t>(most));
  torch::Tensor cotangents = torch::zeros(shape, f.options());
  Matrix mix(losses.subsets.size(), modalities * most);
  for (std::size_t m = 0; m < modalities; ++m)
    for (std::size_t r = 0; r < with[m].size(); ++r) {
      cotangents.select(1, static_cast<std::int64_t>(m))
          .select(1, static_cast<std::int64_t>(r))
          .copy_(losses.cotangents[with[m][r]]);
      mix(with[m][r], m * most + r) = 1;
    }
  return {losses.subsets, tape.pullBackRows(cotangents), mix};
}

}  // namespace modascope
