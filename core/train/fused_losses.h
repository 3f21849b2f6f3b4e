#pragma once

#include "core/train/subset_losses.h"

namespace modascope {

/// `subsetLosses` of late fusion on the CPU, float32: one walk over the voxels for the sums of all
/// subsets and one for their cotangents, on all threads. The result does not depend on how many.
/// The cotangents lie one after the other in one block of memory.
SubsetLosses fusedLosses(const std::vector<SubsetTask>& tasks, const torch::Tensor& logits,
                         const torch::Tensor& target, LossKind kind);

}  // namespace modascope
