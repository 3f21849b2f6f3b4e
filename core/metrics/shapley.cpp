#include "core/metrics/shapley.h"

#include <array>
#include <cmath>
#include <numeric>

namespace modascope {
namespace {

/// By the bits of the subset; those that are no subset of the players stay 0.
using Values = std::array<double, std::size_t{1} << ModalitySchema::kMost>;

Values valuesOf(ModalitySet players, const SubsetValue& value) {
  Values values{};
  for (unsigned bits = 0; bits <= players.bits(); ++bits)
    if ((bits & players.bits()) == bits)
      values[bits] = value(ModalitySet::fromBits(static_cast<std::uint8_t>(bits)));
  return values;
}

double factorial(std::size_t n) {
  return std::tgamma(static_cast<double>(n) + 1);
}

std::vector<double> shapleyOf(ModalitySet players, const Values& values) {
  const std::size_t n = players.size();
  std::vector<double> all;
  for (const ModalityId id : players.ids()) {
    const unsigned own = ModalitySet(id).bits();
    double sum = 0;
    for (unsigned bits = 0; bits <= players.bits(); ++bits) {
      if ((bits & players.bits()) != bits || (bits & own) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(bits));
      const double weight = factorial(size) * factorial(n - 1 - size) / factorial(n);
      sum += weight * (values[bits | own] - values[bits]);
    }
    all.push_back(sum);
  }
  return all;
}

std::vector<double> sharesOf(const std::vector<double>& values) {
  const double all =
      std::accumulate(values.begin(), values.end(), 0.0,
                      [](double sum, double value) { return sum + std::abs(value); });
  if (all <= 0) return {};
  std::vector<double> shares;
  for (const double value : values) shares.push_back(std::abs(value) / all);
  return shares;
}

}  // namespace

std::vector<double> shapleyValues(ModalitySet players, const SubsetValue& value) {
  return shapleyOf(players, valuesOf(players, value));
}

Contributions contributions(ModalitySet players, const SubsetValue& value) {
  const Values values = valuesOf(players, value);
  Contributions found{players, shapleyOf(players, values), {},
                      {},      values[players.bits()],     values[0]};
  found.shares = sharesOf(found.values);
  for (const ModalityId id : players.ids())
    found.removals.push_back(found.all - values[players.bits() & ~ModalitySet(id).bits()]);
  return found;
}

}  // namespace modascope
