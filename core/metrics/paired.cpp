#include "core/metrics/paired.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "core/base/seed.h"

namespace modascope {
namespace {

constexpr std::size_t kDraws = 10000;
constexpr std::size_t kMostExact = 25;

double meanOf(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Of sorted values, linear between two of them.
double quantile(const std::vector<double>& sorted, double part) {
  const double rank = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Twice the ranks of the differences' sizes, so that shared ranks are whole numbers, too.
struct DoubledRanks {
  std::vector<std::size_t> ranks;
  std::size_t positive = 0;  ///< sum over the positive differences
  double tied = 0;           ///< Σ t³ − t over groups of t equal sizes
};

DoubledRanks doubledRanks(std::span<const double> differences) {
  std::vector<double> sorted;
  std::copy_if(differences.begin(), differences.end(), std::back_inserter(sorted),
               [](double difference) { return difference != 0; });
  std::sort(sorted.begin(), sorted.end(),
            [](double a, double b) { return std::abs(a) < std::abs(b); });
  DoubledRanks result;
  for (std::size_t first = 0, last = 0; first < sorted.size(); first = last) {
    while (last < sorted.size() && std::abs(sorted[last]) == std::abs(sorted[first])) ++last;
    const auto size = static_cast<double>(last - first);
    result.tied += size * size * size - size;
    for (std::size_t i = first; i < last; ++i) {
      result.ranks.push_back(first + 1 + last);
      if (sorted[i] > 0) result.positive += first + 1 + last;
    }
  }
  return result;
}

/// How many of the 2^n ways to give signs make each sum of positive ranks.
double exactP(const DoubledRanks& doubled) {
  const auto total = std::accumulate(doubled.ranks.begin(), doubled.ranks.end(), std::size_t{0});
  std::vector<double> ways(total + 1, 0.0);
  ways[0] = 1;
  for (const std::size_t rank : doubled.ranks)
    for (std::size_t sum = total; sum >= rank; --sum) ways[sum] += ways[sum - rank];
  const std::size_t smaller = std::min(doubled.positive, total - doubled.positive);
  const auto end = ways.begin() + static_cast<std::ptrdiff_t>(smaller) + 1;
  const double tail = std::accumulate(ways.begin(), end, 0.0);
  return std::min(1.0, 2 * std::ldexp(tail, -static_cast<int>(doubled.ranks.size())));
}

double normalP(const DoubledRanks& doubled) {
  const auto n = static_cast<double>(doubled.ranks.size());
  const double variance = n * (n + 1) * (2 * n + 1) / 24 - doubled.tied / 48;
  const double distance = static_cast<double>(doubled.positive) / 2 - n * (n + 1) / 4;
  return std::erfc(std::abs(distance) / std::sqrt(2 * variance));
}

}  // namespace

ConfidenceInterval bootstrapMean95(std::span<const double> values, std::mt19937_64& rng) {
  std::vector<double> means(kDraws);
  for (double& mean : means) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[below(rng, values.size())];
    mean = sum / static_cast<double>(values.size());
  }
  std::sort(means.begin(), means.end());
  return {quantile(means, 0.025), quantile(means, 0.975)};
}

double wilcoxonSignedRank(std::span<const double> differences) {
  const DoubledRanks doubled = doubledRanks(differences);
  if (doubled.ranks.empty()) return 1;
  return doubled.ranks.size() <= kMostExact ? exactP(doubled) : normalP(doubled);
}

PairedDifference pairedDifference(std::span<const double> a, std::span<const double> b,
                                  std::mt19937_64& rng) {
  assert(a.size() == b.size());
  constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  if (a.empty())
    return {0, kUndefined, kUndefined, kUndefined, {kUndefined, kUndefined}, kUndefined};
  std::vector<double> differences(a.size());
  std::transform(b.begin(), b.end(), a.begin(), differences.begin(), std::minus<>());
  return {static_cast<int>(a.size()),
          meanOf(a),
          meanOf(b),
          meanOf(differences),
          bootstrapMean95(differences, rng),
          wilcoxonSignedRank(differences)};
}

}  // namespace modascope
