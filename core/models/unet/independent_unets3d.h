#pragma once

#include "core/models/unet/planned_unet3d.h"

namespace modascope {

/// independent: a 3D U-Net for each subset ("dedicated networks"), which sees the subset's
/// modalities as channels. Nothing is shared, so nothing can conflict.
class IndependentUnets3d : public PlannedUnet3d {
 public:
  IndependentUnets3d(double width, ModalitySchema schema, std::vector<std::string> outputs,
                     Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<IndependentUnets3d>(*this);
  }
  ModelDescription describe() const override;
  bool sharesParameters() const override { return false; }
  SubsetRun runFor(ModalitySet set) const override;

 private:
  std::vector<ModalitySet> sets_;  ///< in the order of the plan
};

}  // namespace modascope
