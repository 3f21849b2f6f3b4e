#include "core/metrics/paired.h"

#include <QTest>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/base/seed.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

std::mt19937_64 rng() {
  return Seed{3}.stream("bootstrap");
}

bool near(double a, double b, double tolerance) {
  return std::abs(a - b) <= tolerance;
}

/// Every way to give the sizes signs: how many lie as far from the middle as the sum given does.
double enumeratedP(const std::vector<double>& ranks, double positive) {
  const double total = std::accumulate(ranks.begin(), ranks.end(), 0.0);
  int far = 0;
  for (unsigned signs = 0; signs < 1u << ranks.size(); ++signs) {
    double sum = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i)
      if ((signs >> i & 1u) != 0) sum += ranks[i];
    if (std::abs(sum - total / 2) >= std::abs(positive - total / 2)) ++far;
  }
  return static_cast<double>(far) / static_cast<double>(1u << ranks.size());
}

}  // namespace

class PairedTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void hamiltonsDepressionScores() {
    // Hollander & Wolfe 1973, p. 29, table 3.1: sum of the negative ranks 5 of 45, one-sided
    // p 0.0195, which is 10 of 512 ways.
    const std::vector<double> before{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    const std::vector<double> after{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    auto random = rng();
    const PairedDifference result = pairedDifference(before, after, random);
    QCOMPARE(result.n, 9);
    QVERIFY(near(result.p, 20.0 / 512, 1e-15));
    QVERIFY(near(result.mean, -0.4318889, 1e-6));
    QVERIFY(near(result.meanB - result.meanA, result.mean, 1e-12));
  }

  void darwinsMaize() {
    // Fisher's and SciPy's example (height of crossed minus self-fertilised plants): sum 24,
    // exact p 0.041259765625.
    const std::vector<double> d{6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};
    QCOMPARE(wilcoxonSignedRank(d), 0.041259765625);
  }

  void equalSizesShareTheirRankAndZerosAreLeftOut() {
    // Sizes 1 1 2 3 3 3 → ranks 1.5 1.5 3 5 5 5; positive: 1.5 + 5 + 5 + 5.
    const std::vector<double> d{0, 1, -1, -2, 3, 3, 0, 3};
    QCOMPARE(wilcoxonSignedRank(d), enumeratedP({1.5, 1.5, 3, 5, 5, 5}, 16.5));
  }

  void manyDifferencesTakeTheNormalApproximation() {
    // Sizes 1…30, the first five negative: W+ = 465 − 15, mean 232.5, variance 30·31·61/24.
    std::vector<double> d;
    for (int i = 1; i <= 30; ++i) d.push_back(i <= 5 ? -i : i);
    const double z = (450 - 232.5) / std::sqrt(30.0 * 31 * 61 / 24);
    QVERIFY(near(wilcoxonSignedRank(d), std::erfc(z / std::sqrt(2.0)), 1e-15));
    // All of one size: every rank 15.5, variance 30·15.5²/4; 20 positive.
    std::fill(d.begin(), d.begin() + 10, -1.0);
    std::fill(d.begin() + 10, d.end(), 1.0);
    const double tied = (20 * 15.5 - 232.5) / std::sqrt(30 * 15.5 * 15.5 / 4);
    QVERIFY(near(wilcoxonSignedRank(d), std::erfc(tied / std::sqrt(2.0)), 1e-12));
  }

  void nothingButZerosSaysNothing() {
    QCOMPARE(wilcoxonSignedRank(std::vector<double>{0, 0}), 1.0);
    QCOMPARE(wilcoxonSignedRank(std::vector<double>{}), 1.0);
    QCOMPARE(wilcoxonSignedRank(std::vector<double>{0.5}), 1.0);  // both signs are as far
  }

  void theBootstrapOfEqualDifferencesIsAPoint() {
    auto random = rng();
    const ConfidenceInterval interval =
        bootstrapMean95(std::vector<double>{0.25, 0.25, 0.25}, random);
    QCOMPARE(interval.low, 0.25);
    QCOMPARE(interval.high, 0.25);
  }

  void theBootstrapOfTwoValuesReachesBoth() {  // each mean of two of the same comes in a quarter
    auto random = rng();
    const ConfidenceInterval interval = bootstrapMean95(std::vector<double>{0, 1}, random);
    QCOMPARE(interval.low, 0.0);
    QCOMPARE(interval.high, 1.0);
  }

  void theBootstrapOfManyValuesIsTheMeansError() {
    std::vector<double> values;
    auto random = rng();
    for (int i = 0; i < 400; ++i) values.push_back(2 + gaussian(random));
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 400;
    double variance = 0;
    for (const double value : values) variance += (value - mean) * (value - mean) / 400;
    const double error = std::sqrt(variance / 400);
    const ConfidenceInterval interval = bootstrapMean95(values, random);
    QVERIFY(near(interval.low, mean - 1.96 * error, 0.1 * error));
    QVERIFY(near(interval.high, mean + 1.96 * error, 0.1 * error));
  }

  void theSeedDecides() {
    const std::vector<double> values{1, 2, 4, 8, 16};
    auto one = rng();
    auto two = rng();
    const ConfidenceInterval first = bootstrapMean95(values, one);
    const ConfidenceInterval second = bootstrapMean95(values, two);
    QVERIFY(first.low == second.low && first.high == second.high);
  }
};

APPLESS_TEST(PairedTest)
#include "paired_test.moc"
