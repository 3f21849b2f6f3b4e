#pragma once

#include "core/models/autograd_model.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// early-fusion: one 3D U-Net whose input channels are the modalities; a missing one is zeros.
class EarlyFusionUnet3d : public AutogradModel {
 public:
  EarlyFusionUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs,
                    Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<EarlyFusionUnet3d>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1 << kUnetLevels; }

 protected:
  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;

 private:
  std::vector<UnetBlock> encoder_;
  UnetDecoder decoder_;
};

}  // namespace modascope
