#pragma once

#include <random>

#include "core/base/matrix.h"

namespace modascope {

/// Takes out of each subset's gradient the part that works against another:
///
///     g_i <- g_i - (g_i . g_j / |g_j|^2) g_j     whenever g_i . g_j < 0
///
/// `gram` is [S, S], gram(i, j) = g_i . g_j. Returns C [S, S]: the new g_i is sum_j C(i, j) g_j,
/// so the long gradients [S, P] never leave the device.
/// `rng` orders the j, afresh for each i, so the run's seed fixes C. A zero gradient conflicts
/// with nothing.
/// Source: Wang et al., AAAI 2024 (arXiv 2402.16318); PCGrad (Yu et al. 2020), Alg. 1.
Matrix projectConflicts(const Matrix& gram, std::mt19937_64& rng);

/// Unordered pairs with a negative inner product.
int conflictingPairs(const Matrix& gram);

}  // namespace modascope
