#include "core/gmd/cotangent_basis.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <torch/types.h>

namespace modascope {
namespace {

/// Below this part of the energy a direction is rounding, not signal.
constexpr double kNothing = 1e-12;

struct Spectrum {
  std::vector<double> energies;  ///< falling
  torch::Tensor directions;      ///< [n, n], a column each, in that order
};

Spectrum spectrumOf(const Matrix& gram, const std::vector<double>& lengths) {
  const auto n = static_cast<std::int64_t>(gram.rows());
  const auto scaled = torch::zeros({n, n}, torch::kFloat64);
  double* p = scaled.data_ptr<double>();
  for (std::size_t i = 0; i < lengths.size(); ++i)
    for (std::size_t j = 0; j < lengths.size(); ++j)
      if (lengths[i] > 0 && lengths[j] > 0)
        p[i * lengths.size() + j] = gram(i, j) / (lengths[i] * lengths[j]);
  const auto [values, vectors] = at::linalg_eigh(scaled);
  const auto falling = values.flip(0).clamp_min(0).contiguous();
  const double* e = falling.data_ptr<double>();
  return {std::vector<double>(e, e + n), vectors.flip(1).contiguous()};
}

std::size_t rankFor(const std::vector<double>& energies, double total, double tolerance) {
  double kept = 0;
  std::size_t rank = 0;
  while (rank < energies.size() && energies[rank] > kNothing * total &&
         (rank == 0 || 1 - kept / total > tolerance))
    kept += energies[rank++];
  return rank;
}

}  // namespace

CotangentBasis cotangentBasis(const Matrix& gram, double tolerance) {
  std::vector<double> lengths;
  for (std::size_t i = 0; i < gram.rows(); ++i)
    lengths.push_back(std::sqrt(std::max(gram(i, i), 0.0)));
  const Spectrum spectrum = spectrumOf(gram, lengths);
  double total = 0, kept = 0;
  for (const double energy : spectrum.energies) total += energy;
  const std::size_t rank = rankFor(spectrum.energies, total, tolerance);

  CotangentBasis basis{Matrix(rank, gram.rows()), Matrix(gram.rows(), rank), 0};
  const double* v = spectrum.directions.data_ptr<double>();
  for (std::size_t k = 0; k < rank; ++k) {
    const double length = std::sqrt(spectrum.energies[k]);
    kept += spectrum.energies[k];
    for (std::size_t s = 0; s < gram.rows(); ++s) {
      if (!(lengths[s] > 0)) continue;
      const double along = v[s * gram.rows() + k];
      basis.combine(k, s) = along / (lengths[s] * length);
      basis.rebuild(s, k) = lengths[s] * along * length;
    }
  }
  if (total > 0) basis.discarded = std::max(0.0, 1 - kept / total);
  return basis;
}

}  // namespace modascope
