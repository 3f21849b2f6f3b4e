#pragma once

#include <optional>
#include <random>
#include <vector>

#include <torch/types.h>

#include "core/models/parameter_layout.h"

namespace modascope {

/// To whom a piece of a network belongs; both empty: to all subsets.
struct PartOwner {
  std::optional<ModalityId> modality;
  std::optional<ModalitySet> subset;
};

/// One tensor a block of the layout, in its own shape.
using ParameterValues = std::vector<torch::Tensor>;

/// Uniform within ±bound.
void fillUniform(torch::Tensor values, double bound, std::mt19937_64& rng);
/// The framework's usual start for a convolution: uniform within ±1/√(fan in), bias alike.
void startConvolution(torch::Tensor weight, torch::Tensor bias, std::mt19937_64& rng);

}  // namespace modascope
