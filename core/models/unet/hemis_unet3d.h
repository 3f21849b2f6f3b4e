#pragma once

#include "core/models/unet/planned_unet3d.h"

namespace modascope {

/// hemis: an encoder of each modality's own, mean and variance of the available features at every
/// level, one decoder; HeMIS's fusion (Havaei et al. 2016) in a U-Net.
class HemisUnet3d : public PlannedUnet3d {
 public:
  HemisUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
              torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<HemisUnet3d>(*this);
  }
  ModelDescription describe() const override;
  SubsetRun runFor(ModalitySet set) const override;
};

}  // namespace modascope
