#pragma once

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace modascope {

/// A small dense matrix of doubles, row by row. For Gram matrices and coefficients, not for data.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns, double value = 0.0)
      : rows_(rows), columns_(columns), values_(rows * columns, value) {}
  Matrix(std::initializer_list<std::initializer_list<double>> rows);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return values_.empty(); }

  double& operator()(std::size_t row, std::size_t column) {
    return values_[row * columns_ + column];
  }
  double operator()(std::size_t row, std::size_t column) const {
    return values_[row * columns_ + column];
  }

  const std::vector<double>& values() const { return values_; }
  bool operator==(const Matrix&) const = default;

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<double> values_;
};

Matrix operator*(const Matrix& a, const Matrix& b);
Matrix transposed(const Matrix& a);
Matrix identity(std::size_t size);

}  // namespace modascope
