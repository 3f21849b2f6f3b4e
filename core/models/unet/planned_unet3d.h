#pragma once

#include "core/models/autograd_model.h"
#include "core/models/unet/unet_plan.h"

namespace modascope {

/// A 3D U-Net that is wired by a plan and by what of it runs for a subset. On the processor it runs
/// on blocked layers, elsewhere on the tensor library's.
class PlannedUnet3d : public AutogradModel {
 public:
  std::int64_t granularity() const override { return 1 << kUnetLevels; }
  std::optional<double> convolutionWork(const std::vector<ModalitySet>& subsets,
                                        std::int64_t voxels) const override;
  torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const override;
  std::unique_ptr<SubsetTape> recordSubsets(const torch::Tensor& x,
                                            const std::vector<ModalitySet>& subsets) const override;
  /// The encoders' levels, where features are fused behind them.
  std::vector<OwnLayer> ownLayers() const override;
  LayerCut cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const override;

  virtual SubsetRun runFor(ModalitySet set) const = 0;
  const UnetPlan& plan() const { return plan_; }

 protected:
  using AutogradModel::AutogradModel;

  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;
  /// One encoder for each modality of the set, numbered like them, and the first decoder.
  static SubsetRun encoderForEach(ModalitySet set);

  UnetPlan plan_;
};

}  // namespace modascope
