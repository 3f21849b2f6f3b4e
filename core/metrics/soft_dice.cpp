#include "core/metrics/soft_dice.h"

#include <cassert>

namespace modascope {

void SoftDicePool::add(std::size_t index, std::span<const float> probability,
                       std::span<const std::uint8_t> truth) {
  assert(probability.size() == truth.size());
  Sums& sums = sums_.at(index);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double p = probability[i];
    const double t = truth[i] == 0 ? 0 : 1;
    sums.both += p * t;
    sums.probability += p;
    sums.truth += t;
  }
}

std::vector<double> SoftDicePool::dice() const {
  std::vector<double> scores;
  for (const Sums& sums : sums_)
    scores.push_back((2 * sums.both + 1) / (sums.probability + sums.truth + 1));
  return scores;
}

}  // namespace modascope
