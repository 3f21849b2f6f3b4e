#include "core/gmd/projection.h"

#include <numeric>
#include <utility>
#include <vector>

#include "core/base/seed.h"

namespace modascope {
namespace {

/// Fisher–Yates on our own generator: the same order on every standard library.
std::vector<std::size_t> shuffledOrder(std::size_t count, std::mt19937_64& rng) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[below(rng, i)]);
  return order;
}

/// g_i · g_j, where g_i is row i of the coefficients so far.
double innerProduct(const Matrix& coefficients, const Matrix& gram, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < gram.rows(); ++k) sum += coefficients(i, k) * gram(k, j);
  return sum;
}

}  // namespace

ProjectionOrder randomOrder(std::size_t count, std::mt19937_64& rng) {
  ProjectionOrder order;
  for (std::size_t i = 0; i < count; ++i) order.push_back(shuffledOrder(count, rng));
  return order;
}

Matrix projectConflicts(const Matrix& gram, const ProjectionOrder& order) {
  Matrix coefficients = identity(gram.rows());
  for (std::size_t i = 0; i < gram.rows(); ++i)
    for (const std::size_t j : order[i]) {
      const double dot = innerProduct(coefficients, gram, i, j);
      if (dot < 0 && gram(j, j) > 0) coefficients(i, j) -= dot / gram(j, j);
    }
  return coefficients;
}

int conflictingPairs(const Matrix& gram) {
  int count = 0;
  for (std::size_t i = 0; i < gram.rows(); ++i)
    for (std::size_t j = i + 1; j < gram.rows(); ++j) count += gram(i, j) < 0;
  return count;
}

}  // namespace modascope
