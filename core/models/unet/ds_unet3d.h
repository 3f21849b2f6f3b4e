#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/models/model.h"
#include "core/models/precision.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// ds-norm: a 3D U-Net on one channel, run on each modality separately. Convolutions are shared,
/// group-norm affines are the modality's own, fusion is the mean of the logits (METHOD section 3).
/// Width w: channels 32w, 64w, 128w, 256w, 256w. Sizes must be multiples of 16.
class DsUnet3d : public LateFusionModel {
 public:
  /// Throws `Error` unless 32·width is a multiple of 8, or where `device` has no such precision.
  DsUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
           torch::Device device, Precision precision = Precision::Float32);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<DsUnet3d>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1 << kUnetLevels; }
  std::optional<double> convolutionWork(const std::vector<ModalitySet>& subsets,
                                        std::int64_t voxels) const override;
  torch::Tensor branchLogits(const torch::Tensor& x,
                             const std::vector<ModalityId>& which) const override;
  std::unique_ptr<BranchTape> recordBranches(const torch::Tensor& x,
                                             const std::vector<ModalityId>& which) const override;
  /// Every block but the head: modalities meet in their logits only. In float32.
  std::vector<OwnLayer> ownLayers() const override;
  LayerCut cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const override;

  /// The modality's own network: shared convolutions, its own affines.
  std::vector<UnetBlock> encoder(ModalityId m) const;
  UnetDecoder decoder(ModalityId m) const;
  /// Modality 0's, whose affines are the first of their kind in the layout, the others' follow.
  const std::vector<UnetBlock>& encoder() const { return encoder_; }
  const UnetDecoder& decoder() const { return decoder_; }
  const ModalitySchema& schema() const { return schema_; }
  Precision precision() const { return precision_; }
  /// [M, C]: γ or β of all modalities, from the block index of modality 0's.
  torch::Tensor affine(std::size_t firstBlock) const;

 private:
  UnetConv addConv(const std::string& name, std::int64_t in, std::int64_t out);
  UnetBlock addBlock(const std::string& name, std::int64_t in, std::int64_t mid, std::int64_t out);
  BlockDescription withOwnAffines(BlockDescription words, const UnetBlock& block) const;

  ModalitySchema schema_;
  std::vector<std::string> outputs_;
  Precision precision_;
  std::vector<UnetBlock> encoder_;
  UnetDecoder decoder_;
};

}  // namespace modascope
