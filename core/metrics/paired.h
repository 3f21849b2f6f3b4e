#pragma once

#include <random>
#include <span>

namespace modascope {

struct ConfidenceInterval {
  double low = 0;
  double high = 0;
};

/// 95 % percentile bootstrap of the mean: 10,000 draws with replacement, as many values each as
/// there are. Nothing is assumed about their distribution; with few values it is too narrow.
/// Source: Efron, Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
ConfidenceInterval bootstrapMean95(std::span<const double> values, std::mt19937_64& rng);

/// Two-sided p of Wilcoxon's signed-rank test that the differences lie evenly about 0. Differences
/// of 0 are left out (Wilcoxon), equal sizes share their mean rank. Exact over all 2^n signs for
/// n ≤ 25 that remain; beyond, the normal approximation with the variance corrected for ties and
/// without one for continuity. 1 if none remains.
/// Source: Hollander, Wolfe, Nonparametric Statistical Methods, 1973, section 3.1.
double wilcoxonSignedRank(std::span<const double> differences);

/// Two measurements of the same cases, b − a.
struct PairedDifference {
  int n = 0;
  double meanA = 0;
  double meanB = 0;
  double mean = 0;              ///< of the differences
  ConfidenceInterval interval;  ///< of the mean, 95 %
  double p = 1;
};
/// `a` and `b` are of the same cases in the same order. Of none, all but n is NaN.
PairedDifference pairedDifference(std::span<const double> a, std::span<const double> b,
                                  std::mt19937_64& rng);

}  // namespace modascope
