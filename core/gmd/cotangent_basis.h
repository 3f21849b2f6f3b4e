#pragma once

#include "core/base/matrix.h"

namespace modascope {

/// Few vectors that stand for many nearly dependent ones, u_1 … u_n, known by their inner products
/// alone (METHOD 2.1): leading right-singular vectors of the u_s, each scaled to unit length first,
/// so that none is neglected.
struct CotangentBasis {
  Matrix combine;        ///< [r, n]: b_k = Σ_s combine(k, s) u_s, of unit length
  Matrix rebuild;        ///< [n, r]: u_s ≈ Σ_k rebuild(s, k) b_k
  double discarded = 0;  ///< part of the energy of the scaled u_s outside the b_k

  std::size_t rank() const { return combine.rows(); }
};

/// The smallest rank, at least 1, whose discarded energy is at most `tolerance`. `gram` is [n, n],
/// gram(i, j) = u_i · u_j. A zero vector stays zero.
CotangentBasis cotangentBasis(const Matrix& gram, double tolerance);

}  // namespace modascope
