#include "core/base/matrix.h"

#include <cassert>

namespace modascope {

Matrix::Matrix(std::initializer_list<std::initializer_list<double>> rows)
    : rows_(rows.size()), columns_(rows.size() == 0 ? 0 : rows.begin()->size()) {
  values_.reserve(rows_ * columns_);
  for (const auto& row : rows) {
    assert(row.size() == columns_);
    values_.insert(values_.end(), row.begin(), row.end());
  }
}

Matrix operator*(const Matrix& a, const Matrix& b) {
  assert(a.columns() == b.rows());
  Matrix product(a.rows(), b.columns());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t k = 0; k < a.columns(); ++k) {
      for (std::size_t j = 0; j < b.columns(); ++j) product(i, j) += a(i, k) * b(k, j);
    }
  }
  return product;
}

Matrix transposed(const Matrix& a) {
  Matrix result(a.columns(), a.rows());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) result(j, i) = a(i, j);
  }
  return result;
}

Matrix identity(std::size_t size) {
  Matrix result(size, size);
  for (std::size_t i = 0; i < size; ++i) result(i, i) = 1.0;
  return result;
}

}  // namespace modascope
