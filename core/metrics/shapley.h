#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// The value of a game that a subset of modalities plays; nothing stands for the empty set.
using SubsetValue = std::function<double(std::optional<ModalitySet>)>;

/// What each modality of `players` brings in, on average over all orders in which they could join:
///
///     φ_m = Σ_{S ⊆ N∖{m}} |S|! (n − 1 − |S|)! / n! · (v(S ∪ {m}) − v(S))
///
/// Their sum is v(N) − v(∅). In the order of `players.ids()`; every subset's value is taken once.
/// Source: Shapley, A value for n-person games, 1953.
std::vector<double> shapleyValues(ModalitySet players, const SubsetValue& value);

/// What decides about a prediction.
struct Contributions {
  ModalitySet players;
  std::vector<double> values;    ///< φ_m, in the order of `players.ids()`
  std::vector<double> shares;    ///< |φ_m| / Σ|φ_k|; empty where all are zero
  std::vector<double> removals;  ///< v(N) − v(N∖{m}); of the last one v(N) − v(∅)
  double all = 0;                ///< v(N)
  double none = 0;               ///< v(∅)
};
Contributions contributions(ModalitySet players, const SubsetValue& value);

}  // namespace modascope
