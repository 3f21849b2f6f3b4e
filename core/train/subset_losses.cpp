#include "core/train/subset_losses.h"

#include <ATen/ATen.h>

#include "core/train/fused_losses.h"

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

/// The loss over the samples that count; the gradient has rows for all.
LossAndGradient lossOf(const SubsetTask& task, const Tensor& f, const Tensor& target,
                       LossKind kind) {
  if (static_cast<std::int64_t>(task.samples.size()) == f.size(0))
    return lossAndGradient(f, target, kind);
  const Tensor rows = torch::tensor(task.samples, torch::kLong).to(f.device());
  const auto part = lossAndGradient(f.index_select(0, rows), target.index_select(0, rows), kind);
  return {part.loss, torch::zeros_like(f).index_copy(0, rows, part.gradient)};
}

}  // namespace

std::vector<SubsetTask> tasksFor(const std::vector<ModalitySet>& available,
                                 const std::vector<ModalitySet>& subsets) {
  std::vector<SubsetTask> tasks;
  for (const ModalitySet set : subsets) {
    auto samples = samplesWith(set, available);
    if (!samples.empty()) tasks.push_back({set, std::move(samples)});
  }
  for (SubsetTask& task : tasks) task.weight = 1.0 / static_cast<double>(tasks.size());
  return tasks;
}

std::vector<ModalitySet> setsOf(const std::vector<SubsetTask>& tasks) {
  std::vector<ModalitySet> sets;
  for (const SubsetTask& task : tasks) sets.push_back(task.set);
  return sets;
}

SubsetLosses subsetLosses(const std::vector<SubsetTask>& tasks, const std::vector<Tensor>& outputs,
                          const Tensor& target, LossKind kind) {
  SubsetLosses all{tasks, {}, {}};
  if (tasks.empty()) return all;
  std::vector<Tensor> losses;
  for (std::size_t s = 0; s < tasks.size(); ++s) {
    const auto part = lossOf(tasks[s], outputs[s], target, kind);
    losses.push_back(part.loss);
    all.cotangents.push_back(part.gradient);
  }
  const Tensor host = at::stack(losses).to(torch::kCPU, torch::kFloat64);
  all.losses.assign(host.data_ptr<double>(), host.data_ptr<double>() + host.numel());
  return all;
}

SubsetLosses subsetLosses(const std::vector<SubsetTask>& tasks, const Tensor& logits,
                          const Tensor& target, LossKind kind) {
  if (isOfRegions(kind) && logits.is_cpu() && logits.scalar_type() == torch::kFloat32 &&
      !tasks.empty())
    return fusedLosses(tasks, logits, target, kind);
  std::vector<Tensor> outputs;
  for (const SubsetTask& task : tasks) outputs.push_back(fused(logits, task.set));
  return subsetLosses(tasks, outputs, target, kind);
}

}  // namespace modascope
