#pragma once

#include <memory>
#include <vector>

#include "core/models/unet/planned_unet3d.h"

namespace modascope {

/// A planned U-Net on the processor. An encoder that several subsets need runs once.

/// x [N, M, D, H, W] → f [N, K, D, H, W].
torch::Tensor runBlocked(const PlannedUnet3d& net, const torch::Tensor& x, ModalitySet set);
/// Ready for gradients.
std::unique_ptr<SubsetTape> recordBlocked(const PlannedUnet3d& net, const torch::Tensor& x,
                                          const std::vector<ModalitySet>& subsets);

}  // namespace modascope
