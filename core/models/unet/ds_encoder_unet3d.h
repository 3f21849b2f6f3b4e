#pragma once

#include "core/models/unet/planned_unet3d.h"

namespace modascope {

/// ds-encoder: an encoder f_m of each modality's own (the two upper levels), one backbone T that
/// all share and that runs on each modality's features (the three lower ones), the mean of the
/// available features at every level, one decoder. Absent features are dropped, never zeros.
class DsEncoderUnet3d : public PlannedUnet3d {
 public:
  static constexpr std::size_t kOwnLevels = 2;

  DsEncoderUnet3d(double width, ModalitySchema schema, std::vector<std::string> outputs, Seed seed,
                  torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<DsEncoderUnet3d>(*this);
  }
  ModelDescription describe() const override;
  SubsetRun runFor(ModalitySet set) const override;
};

}  // namespace modascope
