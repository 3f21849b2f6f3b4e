#pragma once

#include "core/models/autograd_model.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// hemis: an encoder of each modality's own, mean and variance of the available features at every
/// level, one decoder; HeMIS's fusion (Havaei et al. 2016) in a U-Net.
class HemisUnet3d : public AutogradModel {
 public:
  HemisUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
              torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<HemisUnet3d>(*this);
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
  UnetDecoder decoder_;
};

}  // namespace modascope
