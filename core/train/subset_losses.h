#pragma once

#include <vector>

#include <torch/types.h>

#include "core/data/sampler.h"
#include "core/modality/modality.h"
#include "core/train/loss.h"

namespace modascope {

/// Every subset's loss and what it sends back to the modalities' logits. A sample in which a
/// modality of S is really absent takes no part in L_S; a subset without samples is left out.
struct SubsetLosses {
  std::vector<ModalitySet> subsets;
  std::vector<double> losses;
  /// u_S = ∂L_S/∂f_S / |S|, [N, K, …] each: the cotangent of every modality of S.
  std::vector<torch::Tensor> cotangents;
};

/// `logits` f [N, M, K, …]; f_S is the mean over S.
SubsetLosses subsetLosses(const torch::Tensor& logits, const Batch& batch,
                          const std::vector<ModalitySet>& subsets, LossKind kind);

}  // namespace modascope
