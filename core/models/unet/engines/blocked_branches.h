#pragma once

#include <memory>
#include <vector>

#include "core/models/unet/ds_unet3d.h"

namespace modascope {

/// ds-norm on the processor, one modality at a time: x [N, |which|, D, H, W] →
/// f [N, |which|, K, D, H, W].
torch::Tensor runBlocked(const DsUnet3d& net, const torch::Tensor& x,
                         const std::vector<ModalityId>& which);
/// The same from x of all modalities, [N, M, D, H, W], ready for gradients.
std::unique_ptr<BranchTape> recordBlocked(const DsUnet3d& net, const torch::Tensor& x,
                                          const std::vector<ModalityId>& which);

}  // namespace modascope
