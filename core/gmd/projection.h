#pragma once

#include <cstddef>
#include <random>
#include <vector>

#include "core/base/matrix.h"

namespace modascope {

/// For each subset i, in which order the others are taken out of it.
using ProjectionOrder = std::vector<std::vector<std::size_t>>;

/// An order of its own for each of `count` gradients, fixed by `rng`.
ProjectionOrder randomOrder(std::size_t count, std::mt19937_64& rng);

/// Takes out of each subset's gradient the part that works against another:
///
///     g_i <- g_i - (g_i . g_j / |g_j|^2) g_j     whenever g_i . g_j < 0
///
/// `gram` is [S, S], gram(i, j) = g_i . g_j. Returns C [S, S]: the new g_i is sum_j C(i, j) g_j,
/// so the long gradients [S, P] never leave the device. A zero gradient conflicts with nothing.
/// Source: Wang et al., AAAI 2024 (arXiv 2402.16318); PCGrad (Yu et al. 2020), Alg. 1.
Matrix projectConflicts(const Matrix& gram, const ProjectionOrder& order);

/// Unordered pairs with a negative inner product.
int conflictingPairs(const Matrix& gram);

}  // namespace modascope
