#include "core/gmd/matrix_tensor.h"

#include <ATen/ATen.h>

namespace modascope {

torch::Tensor asTensor(const Matrix& matrix, const torch::TensorOptions& options) {
  const auto rows = static_cast<std::int64_t>(matrix.rows());
  const auto columns = static_cast<std::int64_t>(matrix.columns());
  return torch::tensor(matrix.values(), torch::kFloat64).view({rows, columns}).to(options);
}

Matrix asMatrix(const torch::Tensor& tensor) {
  const auto host = tensor.to(torch::kCPU, torch::kFloat64).contiguous();
  Matrix matrix(static_cast<std::size_t>(host.size(0)), static_cast<std::size_t>(host.size(1)));
  for (std::size_t i = 0; i < matrix.rows(); ++i)
    for (std::size_t j = 0; j < matrix.columns(); ++j)
      matrix(i, j) = host.data_ptr<double>()[i * matrix.columns() + j];
  return matrix;
}

}  // namespace modascope
