#pragma once

#include "core/gmd/gradient_rows.h"
#include "core/models/model.h"
#include "core/train/subset_losses.h"

namespace modascope {

/// The gradient of the mean of all subsets' losses, one backward pass: [P].
torch::Tensor jointGradient(const BranchTape& tape, const SubsetLosses& losses);

/// Every subset's gradient, exactly: the cotangent of each subset goes back through each of its
/// modalities (M · 2^(M−1) pairs for all subsets) in one stacked pass.
GradientRows exactRows(const BranchTape& tape, const SubsetLosses& losses);

}  // namespace modascope
