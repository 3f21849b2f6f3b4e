#pragma once

#include <optional>
#include <string>

#include <torch/types.h>

#include "core/modality/modality.h"

namespace modascope {

/// One sample as a network sees it: standardised, an absent modality all zeros.
struct Sample {
  std::string id;
  torch::Tensor x;  ///< [C] or [C, H, W], C as `InputLayout` has it
  torch::Tensor y;  ///< [K] or [K, H, W]: 1 where the class is, or a number
  /// Nothing when it has no modality at all.
  std::optional<ModalitySet> available;
};

}  // namespace modascope
