#pragma once

#include "core/adapters/adapter.h"

namespace modascope {

/// An update of low rank to every linear and convolution layer, W seen as [out, in·k…]:
///
///     W ← W + α/r · B A,    B [out, r] starts at 0, A [r, in·k…] at random
///
/// Source: LoRA, Hu et al., ICLR 2022 (arXiv 2106.09685), Eq. 3.
class Lora : public Adapter {
 public:
  /// Throws `Error` when `rank` is below 1.
  Lora(const std::vector<AdaptedLayer>& layers, std::int64_t rank, double alpha, Seed seed);

  torch::Tensor start() const override;

 protected:
  std::vector<Change> changes(const torch::Tensor& frozen,
                              const torch::Tensor& delta) const override;

 private:
  struct Updated {
    ParameterBlock weight;
    std::size_t down = 0;  ///< A
    std::size_t up = 0;    ///< B
  };
  std::vector<Updated> updated_;
  double factor_;  ///< α/r
  Seed seed_;
};

}  // namespace modascope
