#include "core/train/subset_losses.h"

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// Samples that have every modality of the set.
std::vector<std::int64_t> samplesWith(ModalitySet set, const std::vector<ModalitySet>& available) {
  std::vector<std::int64_t> samples;
  for (std::size_t n = 0; n < available.size(); ++n)
    if (available[n].contains(set)) samples.push_back(static_cast<std::int64_t>(n));
  return samples;
}

Tensor fused(const Tensor& logits, ModalitySet set) {
  Tensor sum;
  for (const ModalityId id : set.ids()) {
    const Tensor branch = logits.select(1, static_cast<std::int64_t>(id.index()));
    sum = sum.defined() ? sum.add_(branch) : branch.clone();
  }
  return sum.div_(static_cast<double>(set.size()));
}

}  // namespace

SubsetLosses subsetLosses(const Tensor& logits, const Batch& batch,
                          const std::vector<ModalitySet>& subsets, LossKind kind) {
  SubsetLosses all;
  std::vector<Tensor> losses;
  for (const ModalitySet set : subsets) {
    const auto samples = samplesWith(set, batch.available);
    if (samples.empty()) continue;
    const bool everySample = samples.size() == batch.available.size();
    const Tensor rows = torch::tensor(samples, torch::kLong).to(logits.device());
    const Tensor f = fused(logits, set);
    const auto part = everySample ? segmentationLoss(f, batch.y, kind)
                                  : segmentationLoss(f.index_select(0, rows),
                                                     batch.y.index_select(0, rows), kind);
    const Tensor u = part.gradient / static_cast<double>(set.size());
    all.subsets.push_back(set);
    losses.push_back(part.loss);
    all.cotangents.push_back(everySample ? u : torch::zeros_like(f).index_copy(0, rows, u));
  }
  if (losses.empty()) return all;
  const Tensor host = at::stack(losses).to(torch::kCPU, torch::kFloat64);
  all.losses.assign(host.data_ptr<double>(), host.data_ptr<double>() + host.numel());
  return all;
}

}  // namespace modascope
