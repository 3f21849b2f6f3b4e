#pragma once

#include <ATen/ATen.h>

#include "core/gmd/gradient_rows.h"
#include "core/gmd/matrix_tensor.h"

namespace modascope::testing {

/// The long form [S, P] of all gradients.
inline at::Tensor longRows(const GradientRows& gradients) {
  return at::matmul(asTensor(gradients.mix, gradients.rows.options()), gradients.rows);
}

}  // namespace modascope::testing
