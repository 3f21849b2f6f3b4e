#pragma once

#include "core/adapters/adapter.h"

namespace modascope {

/// New affines for normalisation layers alone: γ ← γ + δγ, β ← β + δβ, both differences start at 0.
class NormOnly : public Adapter {
 public:
  explicit NormOnly(const std::vector<AdaptedLayer>& layers);

 protected:
  std::vector<Change> changes(const torch::Tensor& frozen,
                              const torch::Tensor& delta) const override;

 private:
  std::vector<ParameterBlock> affines_;  ///< as δ's parts are ordered
};

}  // namespace modascope
