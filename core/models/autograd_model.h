#pragma once

#include "core/base/seed.h"
#include "core/models/model.h"
#include "core/models/parameter_parts.h"

namespace modascope {

/// A network that states its parameters in the layout and how outputs follow from them. The
/// backward pass is the tensor library's own where the network does not bring another.
class AutogradModel : public MultimodalModel {
 public:
  torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const override;
  std::unique_ptr<SubsetTape> recordSubsets(const torch::Tensor& x,
                                            const std::vector<ModalitySet>& subsets) const override;

 protected:
  AutogradModel(ModalitySchema schema, std::vector<std::string> outputs)
      : schema_(std::move(schema)), outputs_(std::move(outputs)) {}

  /// f_s [N, K, D, H, W] of each subset from x [N, M, D, H, W]. Channels of x outside a subset
  /// must not matter.
  virtual std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                         const std::vector<ModalitySet>& subsets) const = 0;

  std::int64_t classes() const { return static_cast<std::int64_t>(outputs_.size()); }

  ModalitySchema schema_;
  std::vector<std::string> outputs_;
};

}  // namespace modascope
