#pragma once

#include "core/models/autograd_model.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// ds-encoder: an encoder f_m of each modality's own (the two upper levels), one backbone T that
/// all share and that runs on each modality's features (the three lower ones), the mean of the
/// available features at every level, one decoder. Absent features are dropped, never zeros.
class DsEncoderUnet3d : public AutogradModel {
 public:
  static constexpr std::size_t kOwnLevels = 2;

  DsEncoderUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
                  torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<DsEncoderUnet3d>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1 << kUnetLevels; }
  /// The encoders' levels, before fusion.
  std::vector<OwnLayer> ownLayers() const override;
  LayerCut cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const override;

 protected:
  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;

 private:
  std::vector<std::vector<UnetBlock>> encoders_;  ///< one a modality
  std::vector<UnetBlock> backbone_;
  UnetDecoder decoder_;
};

}  // namespace modascope
