#include "core/gmd/projection.h"

#include <QTest>
#include <cmath>

#include "core/base/seed.h"

using namespace modascope;

namespace {

std::mt19937_64 rng(std::uint64_t seed) {
  return Seed{seed}.stream("projection");
}

}  // namespace

class ProjectionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void opposedGradientsLoseTheirConflict() {  // g0 = (1, 0), g1 = (-1, 1)
    auto r = rng(7);
    const auto c = projectConflicts({{1, -1}, {-1, 2}}, r);
    QCOMPARE(c(0, 0), 1.0);
    QCOMPARE(c(0, 1), 0.5);  // g0 + 1/2 g1 = (0.5, 0.5), at right angles to g1
    QCOMPARE(c(1, 0), 1.0);  // g1 + 1 g0 = (0, 1), at right angles to g0
    QCOMPARE(c(1, 1), 1.0);
  }

  void twoConflictingTasksMergeAsInThePapersEquation() {
    // (1 − gk·gj/|gj|²) gj + (1 − gk·gj/|gk|²) gk, METHOD section 2
    const double jj = 3, kk = 0.7, jk = -0.9;
    auto r = rng(1);
    const auto c = projectConflicts({{jj, jk}, {jk, kk}}, r);
    QVERIFY(std::abs(c(0, 0) + c(1, 0) - (1 - jk / jj)) < 1e-12);
    QVERIFY(std::abs(c(0, 1) + c(1, 1) - (1 - jk / kk)) < 1e-12);
  }

  void agreeingGradientsAreLeftAlone() {
    auto r = rng(1);
    QCOMPARE(projectConflicts({{1, 0.2}, {0.2, 1}}, r), identity(2));
  }

  void aZeroGradientConflictsWithNothing() {
    auto r = rng(1);
    const auto c = projectConflicts({{1, 0}, {0, 0}}, r);
    QCOMPARE(c, identity(2));
  }

  void theSeedFixesTheOrderAndTheOrderMatters() {
    const Matrix gram{{2, -1, -1}, {-1, 2, 0.9}, {-1, 0.9, 2}};
    auto a = rng(1), b = rng(1);
    QCOMPARE(projectConflicts(gram, a), projectConflicts(gram, b));
    bool differs = false;
    for (std::uint64_t seed = 2; seed < 12; ++seed) {
      auto first = rng(1), other = rng(seed);
      differs = differs || !(projectConflicts(gram, first) == projectConflicts(gram, other));
    }
    QVERIFY(differs);
  }

  void rowAndColumnBelongToTheSameGradientsWhateverTheOrder() {
    // Only gradients 0 and 2 conflict: coefficients elsewhere stay those of the identity.
    const Matrix gram{{1, 0.5, -0.5}, {0.5, 1, 0.5}, {-0.5, 0.5, 1}};
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      auto r = rng(seed);
      const auto c = projectConflicts(gram, r);
      QCOMPARE(c(0, 2), 0.5);
      QCOMPARE(c(2, 0), 0.5);
      QCOMPARE(c(1, 0), 0.0);
      QCOMPARE(c(1, 2), 0.0);
    }
  }

  void pairsAreCountedOnce() { QCOMPARE(conflictingPairs({{1, -1}, {-1, 1}}), 1); }
};

QTEST_APPLESS_MAIN(ProjectionTest)
#include "projection_test.moc"
