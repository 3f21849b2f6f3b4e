#pragma once

#include <torch/types.h>

#include "core/base/matrix.h"

namespace modascope {

/// The same numbers on the other side, [rows, columns]; a tensor of any device and type comes back
/// as double.
torch::Tensor asTensor(const Matrix& matrix, const torch::TensorOptions& options);
Matrix asMatrix(const torch::Tensor& tensor);

}  // namespace modascope
