#pragma once

#include <vector>

#include "core/models/blocked/blocked_layers.h"
#include "core/models/unet/ds_unet3d.h"

namespace modascope {

/// What one modality's forward pass keeps for the way back.
struct BlockedConvRecord {
  torch::Tensor input;
  BlockedNorm norm;
};
struct BlockedRecord {
  std::vector<BlockedConvRecord> convs;  ///< in the order in which they ran
  torch::Tensor features;                ///< what the head sees
};

/// The network on the CPU, on blocked activations, one modality at a time: what passes between two
/// layers then stays in the nearer caches, and every cotangent is pulled back on its own without
/// losing speed.
class BlockedUnet3d {
 public:
  explicit BlockedUnet3d(const DsUnet3d& net);

  /// x [N, D, H, W] of modality m → y [N, K, D, H, W], samples and outputs may lie apart.
  void run(const torch::Tensor& x, ModalityId m, torch::Tensor y, BlockedRecord* record) const;
  /// c [N, K, D, H, W], a cotangent of modality m's logits; adds its gradient to `row` [P].
  /// `prepareToPull` must have been called.
  void pullBack(const BlockedRecord& record, ModalityId m, const torch::Tensor& c,
                torch::Tensor row) const;
  void prepareToPull();

 private:
  struct Layer {
    SharedConv at;
    torch::Tensor forward;
    torch::Tensor backward;
  };

  torch::Tensor affine(std::size_t block, std::int64_t channels, ModalityId m) const;
  void conv(const Layer& layer, const torch::Tensor& x, ModalityId m, torch::Tensor y,
            BlockedRecord* record) const;
  /// Two convolutions, the first of which is `layers_[first]`.
  void block(std::size_t first, const torch::Tensor& x, ModalityId m, torch::Tensor y,
             BlockedRecord* record) const;
  void pullConv(std::size_t index, const BlockedRecord& record, ModalityId m, torch::Tensor dy,
                torch::Tensor dx, torch::Tensor row) const;
  torch::Tensor pullBlock(std::size_t first, const BlockedRecord& record, ModalityId m,
                          torch::Tensor dy, torch::Tensor row) const;
  float* place(torch::Tensor row, std::size_t block) const;

  const DsUnet3d& net_;
  BlockedLayers kernels_;
  std::vector<Layer> layers_;
};

/// x [N, |which|, D, H, W] → f [N, |which|, K, D, H, W].
torch::Tensor runBlockedUnet(const DsUnet3d& net, const torch::Tensor& x,
                             const std::vector<ModalityId>& which);

class BlockedUnet3dTape : public BranchTape {
 public:
  BlockedUnet3dTape(const DsUnet3d& net, const torch::Tensor& x);

  const torch::Tensor& logits() const override { return logits_; }
  torch::Tensor pullBackRows(const torch::Tensor& cotangents) const override;
  torch::Tensor pullBackSum(const torch::Tensor& cotangents) const override;

 private:
  const DsUnet3d& net_;
  std::vector<BlockedRecord> records_;  ///< of each modality
  torch::Tensor logits_;
};

}  // namespace modascope
