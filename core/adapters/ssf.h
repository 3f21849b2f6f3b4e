#pragma once

#include <optional>

#include "core/adapters/adapter.h"

namespace modascope {

/// Scale and shift after every layer, h ← γ ⊙ h + β per channel, folded into the layer:
///
///     W ← γ W,  b ← γ b + β      (a normalisation's weight and bias alike)
///
/// Starts at γ = 1, β = 0. A layer without bias gets γ alone; what a later layer's γ or β can do as
/// well is left out, see `AdaptedLayer`. One γ and β follow a normalisation whatever modality it
/// normalises.
/// Source: SSF, Lian et al., NeurIPS 2022 (arXiv 2210.08823), Eq. 2 and 4.
class Ssf : public Adapter {
 public:
  explicit Ssf(const std::vector<AdaptedLayer>& layers);

  torch::Tensor start() const override;

 protected:
  std::vector<Change> changes(const torch::Tensor& frozen,
                              const torch::Tensor& delta) const override;

 private:
  struct Scaled {
    AdaptedLayer layer;
    std::optional<std::size_t> scale = {};  ///< γ [C]
    std::optional<std::size_t> shift = {};  ///< β [C]
  };
  std::vector<Scaled> scaled_;
};

}  // namespace modascope
