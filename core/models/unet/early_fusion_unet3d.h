#pragma once

#include "core/models/unet/planned_unet3d.h"

namespace modascope {

/// early-fusion: one 3D U-Net whose input channels are the modalities; a missing one is zeros.
class EarlyFusionUnet3d : public PlannedUnet3d {
 public:
  EarlyFusionUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs,
                    Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<EarlyFusionUnet3d>(*this);
  }
  ModelDescription describe() const override;
  SubsetRun runFor(ModalitySet set) const override;
};

}  // namespace modascope
