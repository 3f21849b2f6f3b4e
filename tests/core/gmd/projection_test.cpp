#include "core/gmd/projection.h"

#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/base/seed.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

Matrix projected(const Matrix& gram, std::uint64_t seed) {
  auto rng = Seed{seed}.stream("projection");
  return projectConflicts(gram, randomOrder(gram.rows(), rng));
}

}  // namespace

class ProjectionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void opposedGradientsLoseTheirConflict() {  // g0 = (1, 0), g1 = (-1, 1)
    const auto c = projected({{1, -1}, {-1, 2}}, 7);
    QCOMPARE(c(0, 0), 1.0);
    QCOMPARE(c(0, 1), 0.5);  // g0 + 1/2 g1 = (0.5, 0.5), at right angles to g1
    QCOMPARE(c(1, 0), 1.0);  // g1 + 1 g0 = (0, 1), at right angles to g0
    QCOMPARE(c(1, 1), 1.0);
  }

  void twoConflictingTasksMergeAsInThePapersEquation() {
    // (1 − gk·gj/|gj|²) gj + (1 − gk·gj/|gk|²) gk, METHOD section 2
    const double jj = 3, kk = 0.7, jk = -0.9;
    const auto c = projected({{jj, jk}, {jk, kk}}, 1);
    QVERIFY(std::abs(c(0, 0) + c(1, 0) - (1 - jk / jj)) < 1e-12);
    QVERIFY(std::abs(c(0, 1) + c(1, 1) - (1 - jk / kk)) < 1e-12);
  }

  void agreeingGradientsAreLeftAlone() {
    QCOMPARE(projected({{1, 0.2}, {0.2, 1}}, 1), identity(2));
  }

  void aZeroGradientConflictsWithNothing() {
    const auto c = projected({{1, 0}, {0, 0}}, 1);
    QCOMPARE(c, identity(2));
  }

  void theSeedFixesTheOrderAndTheOrderMatters() {
    const Matrix gram{{2, -1, -1}, {-1, 2, 0.9}, {-1, 0.9, 2}};
    QCOMPARE(projected(gram, 1), projected(gram, 1));
    bool differs = false;
    for (std::uint64_t seed = 2; seed < 12; ++seed)
      differs = differs || !(projected(gram, 1) == projected(gram, seed));
    QVERIFY(differs);
  }

  void rowAndColumnBelongToTheSameGradientsWhateverTheOrder() {
    // Only gradients 0 and 2 conflict: coefficients elsewhere stay those of the identity.
    const Matrix gram{{1, 0.5, -0.5}, {0.5, 1, 0.5}, {-0.5, 0.5, 1}};
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const auto c = projected(gram, seed);
      QCOMPARE(c(0, 2), 0.5);
      QCOMPARE(c(2, 0), 0.5);
      QCOMPARE(c(1, 0), 0.0);
      QCOMPARE(c(1, 2), 0.0);
    }
  }

  void theCoefficientsAreWhatSubtractingInTheOrderGivenGives() {
    const std::vector<std::vector<double>> g{{1, 0, 2}, {-1, 1, 0.5}, {-2, 0.3, 0}, {0.1, -3, 0}};
    const auto dot = [](const auto& a, const auto& b) {
      return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    };
    Matrix gram(4, 4);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) gram(i, j) = dot(g[i], g[j]);
    auto rng = Seed{3}.stream("projection");
    const ProjectionOrder order = randomOrder(4, rng);
    const Matrix c = projectConflicts(gram, order);
    for (std::size_t i = 0; i < 4; ++i) {
      auto row = g[i];
      for (const std::size_t j : order[i]) {
        const double along = dot(row, g[j]) / dot(g[j], g[j]);
        for (std::size_t k = 0; k < 3; ++k) row[k] -= std::min(along, 0.0) * g[j][k];
      }
      for (std::size_t k = 0; k < 3; ++k) {
        double sum = 0;
        for (std::size_t j = 0; j < 4; ++j) sum += c(i, j) * g[j][k];
        QVERIFY(std::abs(sum - row[k]) < 1e-12);
      }
    }
  }

  void pairsAreCountedOnce() { QCOMPARE(conflictingPairs({{1, -1}, {-1, 1}}), 1); }
};

APPLESS_TEST(ProjectionTest)
#include "projection_test.moc"
