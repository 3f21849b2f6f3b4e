#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include "core/base/matrix.h"
#include "core/modality/modality.h"
#include "core/models/parameter_layout.h"

namespace modascope {

/// The gradients g_S of several subsets' losses, kept as combinations of fewer long vectors:
/// g_s = Σ_e mix(s, e) · rows[e]. With late fusion the rows belong to (modality, cotangent) pairs
/// and every subset's gradient is the sum of its modalities' rows.
struct GradientRows {
  std::vector<ModalitySet> subsets;  ///< S of them
  torch::Tensor rows;                ///< [E, P]
  Matrix mix;                        ///< [S, E]
};

/// Over which parameters inner products run.
enum class ConflictOver { All, Shared };
/// How the projected rows of parameters that every loss reaches become one gradient.
enum class Merge { Mean, Sum };

/// [S, S], gram(i, j) = g_i · g_j; computed in one product, the step's only copy to the host.
Matrix gram(const GradientRows& gradients, const ParameterLayout& layout, ConflictOver over);

/// The gradient for the optimiser, [P]: the mean (or sum) over i of Σ_j C(i, j) g_j. A modality's
/// own parameters, which the losses of subsets without it do not reach, always take the sum.
torch::Tensor mergeRows(const GradientRows& gradients, const Matrix& coefficients,
                        const ParameterLayout& layout, Merge merge);

}  // namespace modascope
