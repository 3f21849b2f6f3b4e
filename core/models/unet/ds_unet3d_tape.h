#pragma once

#include <memory>
#include <vector>

#include "core/models/unet/ds_unet3d.h"
#include "core/models/unet/engines/norm_relu.h"

namespace modascope {

/// The network on the modalities named, x [N, |which|, D, H, W] → f [N, |which|, K, D, H, W].
torch::Tensor runUnet(const DsUnet3d& net, const torch::Tensor& x,
                      const std::vector<ModalityId>& which);
/// The same from x of all modalities, [N, M, D, H, W], ready for gradients.
std::unique_ptr<BranchTape> recordUnet(const DsUnet3d& net, const torch::Tensor& x,
                                       const std::vector<ModalityId>& which);

/// What one convolution, normalisation and ReLU need for the backward pass.
struct ConvRecord {
  torch::Tensor input;  ///< [N, M, I, D, H, W]
  torch::Tensor z;      ///< [N, M, O, D, H, W], before normalisation
  NormStatistics statistics;
};

/// A whole forward pass: first, down and up blocks in the order in which they ran, two records
/// each.
struct UnetRecord {
  std::vector<ConvRecord> convs;
  std::vector<torch::Tensor> skips;  ///< outputs of first and down blocks but the last
  torch::Tensor features;            ///< [N, M, C, D, H, W], what the head sees
};

/// On any device, with the tensor library's layers. The backward pass is for many cotangents at
/// once: data gradients stack all pairs in the batch, weight gradients of all pairs come from one
/// grouped convolution a layer (METHOD 2.1).
class DsUnet3dTape : public BranchTape {
 public:
  /// x of all modalities, [N, M, D, H, W]; the tape's branches are those of `which`.
  DsUnet3dTape(const DsUnet3d& net, const torch::Tensor& x, std::vector<ModalityId> which);

  const torch::Tensor& logits() const override { return logits_; }
  torch::Tensor pullBackRows(const torch::Tensor& cotangents) const override;
  torch::Tensor pullBackSum(const torch::Tensor& cotangents) const override;

 private:
  const DsUnet3d& net_;
  std::vector<ModalityId> which_;
  UnetRecord record_;
  torch::Tensor logits_;
};

}  // namespace modascope
