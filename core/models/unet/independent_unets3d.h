#pragma once

#include "core/models/autograd_model.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// independent: a 3D U-Net for each subset ("dedicated networks"), which sees the subset's
/// modalities as channels. Nothing is shared, so nothing can conflict.
class IndependentUnets3d : public AutogradModel {
 public:
  IndependentUnets3d(double width, ModalitySchema schema, std::vector<std::string> outputs,
                     Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<IndependentUnets3d>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1 << kUnetLevels; }
  bool sharesParameters() const override { return false; }

 protected:
  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;

 private:
  struct Network {
    ModalitySet set;
    std::vector<UnetBlock> encoder;
    UnetDecoder decoder;
  };
  const Network& networkFor(ModalitySet set) const;

  std::vector<Network> networks_;
};

}  // namespace modascope
