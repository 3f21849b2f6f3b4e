#pragma once

#include <torch/types.h>

#include "core/data/sampler.h"
#include "core/models/model.h"
#include "core/problem/input_layout.h"
#include "core/train/subset_losses.h"

namespace modascope {

/// Each throws `Error` (System), before the weights change, when a number of this step (counted
/// from 1) is not finite.

/// Names the modality and the case.
void requireFiniteInputs(const Batch& batch, const ModalitySchema& schema,
                         const InputLayout& inputs, std::int64_t step);
/// Names the subset and the first case of the batch whose outputs are not finite.
void requireFiniteLosses(const SubsetLosses& losses, const Batch& batch,
                         const MultimodalModel& model, std::int64_t step);
/// `gradient` [P]; names the first bad parameter block. Returns the norm.
double requireFiniteGradient(const torch::Tensor& gradient, const Batch& batch,
                             const ParameterLayout& layout, std::int64_t step);

}  // namespace modascope
