#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/models/model.h"
#include "core/models/precision.h"

namespace modascope {

/// One convolution shared by the modalities, then a normalisation of each modality's own, then
/// ReLU. The numbers are block indices in the layout; `gamma` and `beta` name modality 0's, the
/// others follow.
struct SharedConv {
  std::int64_t in = 0;
  std::int64_t out = 0;
  std::size_t weight = 0;
  std::size_t bias = 0;
  std::size_t gamma = 0;
  std::size_t beta = 0;
};

/// Two of them, as a U-Net has at every level.
struct SharedBlock {
  SharedConv a;
  SharedConv b;
};

/// ds-norm: a 3D U-Net on one channel, run on each modality separately. Convolutions are shared,
/// group-norm affines are the modality's own, fusion is the mean of the logits (METHOD section 3).
/// Width w: channels 32w, 64w, 128w, 256w, 256w. Sizes must be multiples of 16.
class DsUnet3d : public LateFusionModel {
 public:
  static constexpr int kLevels = 4;
  static constexpr std::int64_t kGroups = 8;

  /// Throws `Error` unless 32·width is a multiple of 8, or where `device` has no such precision.
  DsUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
           torch::Device device, Precision precision = Precision::Float32);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<DsUnet3d>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1 << kLevels; }
  double convolutionWork(std::int64_t voxels) const override;
  torch::Tensor branchLogits(const torch::Tensor& x,
                             const std::vector<ModalityId>& which) const override;
  std::unique_ptr<BranchTape> record(const torch::Tensor& x) const override;
  /// Every block but the head: modalities meet in their logits only. In float32.
  std::vector<OwnLayer> ownLayers() const override;
  LayerCut cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const override;

  const SharedBlock& first() const { return first_; }
  const std::vector<SharedBlock>& down() const { return down_; }
  const std::vector<SharedBlock>& up() const { return up_; }
  std::size_t headWeight() const { return headWeight_; }
  std::size_t headBias() const { return headBias_; }
  const ModalitySchema& schema() const { return schema_; }
  Precision precision() const { return precision_; }
  /// [M, C]: γ or β of all modalities, from the block index of modality 0's.
  torch::Tensor affine(std::size_t firstBlock, std::int64_t channels) const;

 private:
  SharedConv addConv(const std::string& name, std::int64_t in, std::int64_t out);
  SharedBlock addBlock(const std::string& name, std::int64_t in, std::int64_t mid,
                       std::int64_t out);
  void initialise(Seed seed);
  BlockDescription describeBlock(const std::string& name, const std::string& kind, int level,
                                 const SharedBlock& block) const;

  ModalitySchema schema_;
  std::vector<std::string> outputs_;
  Precision precision_;
  SharedBlock first_;
  std::vector<SharedBlock> down_;
  std::vector<SharedBlock> up_;
  std::size_t headWeight_ = 0;
  std::size_t headBias_ = 0;
};

}  // namespace modascope
