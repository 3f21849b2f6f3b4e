#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include "core/modality/modality.h"
#include "core/train/loss.h"

namespace modascope {

/// One subset's share of a step: which samples count, and its weight in the mean of losses.
/// A sample in which a modality of S is really absent takes no part in L_S.
struct SubsetTask {
  ModalitySet set;
  std::vector<std::int64_t> samples;
  double weight = 1;
};

/// Every subset that some sample has all of, weight 1 / number of them. `available` [N].
std::vector<SubsetTask> tasksFor(const std::vector<ModalitySet>& available,
                                 const std::vector<ModalitySet>& subsets);
std::vector<ModalitySet> setsOf(const std::vector<SubsetTask>& tasks);

/// Every subset's loss and where it pulls the subset's output.
struct SubsetLosses {
  std::vector<SubsetTask> tasks;
  std::vector<double> losses;
  /// ∂L_S/∂f_S, [N, K, …] each; zero rows for samples that do not count. With late fusion the
  /// cotangent of each modality of S is this divided by |S|.
  std::vector<torch::Tensor> cotangents;
};

/// outputs f_S [N, K, …] of each task, from any network; target [N, K, …].
SubsetLosses subsetLosses(const std::vector<SubsetTask>& tasks,
                          const std::vector<torch::Tensor>& outputs, const torch::Tensor& target,
                          LossKind kind);
/// The same for late fusion: f_S is the mean of its branches' logits f [N, M, K, …].
SubsetLosses subsetLosses(const std::vector<SubsetTask>& tasks, const torch::Tensor& logits,
                          const torch::Tensor& target, LossKind kind);

}  // namespace modascope
