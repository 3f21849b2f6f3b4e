#pragma once

#include "core/adapters/adapter.h"

namespace modascope {

/// A shift after every layer that has a bias: b ← b + β, β starts at 0. What a later layer's β can
/// do as well is left out, see `AdaptedLayer`.
/// Source: BitFit, Ben Zaken et al., ACL 2022 (arXiv 2106.10199).
class BitFit : public Adapter {
 public:
  explicit BitFit(const std::vector<AdaptedLayer>& layers);

 protected:
  std::vector<Change> changes(const torch::Tensor& frozen,
                              const torch::Tensor& delta) const override;

 private:
  std::vector<AdaptedLayer> layers_;  ///< as δ's parts are ordered
};

}  // namespace modascope
