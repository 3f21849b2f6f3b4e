#include "core/gmd/cotangent_basis.h"

#include <QTest>
#include <cmath>
#include <vector>

#include "tests/test_program.h"

using namespace modascope;

namespace {

using Vectors = std::vector<std::vector<double>>;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

Matrix gramOf(const Vectors& u) {
  Matrix gram(u.size(), u.size());
  for (std::size_t i = 0; i < u.size(); ++i)
    for (std::size_t j = 0; j < u.size(); ++j) gram(i, j) = dot(u[i], u[j]);
  return gram;
}

Vectors combined(const Matrix& weights, const Vectors& u) {
  Vectors sums(weights.rows(), std::vector<double>(u.front().size(), 0.0));
  for (std::size_t i = 0; i < weights.rows(); ++i)
    for (std::size_t j = 0; j < u.size(); ++j)
      for (std::size_t k = 0; k < u[j].size(); ++k) sums[i][k] += weights(i, j) * u[j][k];
  return sums;
}

/// Σ |û_s − rebuilt û_s|² / Σ |û_s|², û_s of unit length.
double lostEnergy(const CotangentBasis& basis, const Vectors& u) {
  const Vectors rebuilt = combined(basis.rebuild, combined(basis.combine, u));
  double lost = 0, all = 0;
  for (std::size_t s = 0; s < u.size(); ++s) {
    const double square = dot(u[s], u[s]);
    if (square == 0) continue;
    for (std::size_t k = 0; k < u[s].size(); ++k)
      lost += (u[s][k] - rebuilt[s][k]) * (u[s][k] - rebuilt[s][k]) / square;
    ++all;
  }
  return lost / all;
}

const Vectors kPlane{{1, 0, 2, 0}, {0, 300, 100, 0}, {1, 3, 3, 0}, {-2, 3, -3, 0}};
const Vectors kGeneral{{1, 0, 2, 0.1}, {0, 3, 1, 0}, {1, 1, 2, 0.4}, {-2, 1, -3, 0.2}};

}  // namespace

class CotangentBasisTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void vectorsInAPlaneNeedTwo() {  // each is a combination of the first two
    const auto basis = cotangentBasis(gramOf(kPlane), 1e-9);
    QCOMPARE(basis.rank(), std::size_t{2});
    QVERIFY(lostEnergy(basis, kPlane) < 1e-12);
    QVERIFY(basis.discarded < 1e-12);
  }

  void whatIsSaidToBeLostIsLost_data() {
    QTest::addColumn<double>("tolerance");
    for (const double tolerance : {0.5, 0.1, 0.01, 1e-4})
      QTest::addRow("%g", tolerance) << tolerance;
  }
  void whatIsSaidToBeLostIsLost() {
    QFETCH(double, tolerance);
    const auto basis = cotangentBasis(gramOf(kGeneral), tolerance);
    QVERIFY(basis.discarded <= tolerance);
    QVERIFY(std::abs(lostEnergy(basis, kGeneral) - basis.discarded) < 1e-12);
  }

  void theRankIsTheSmallestThatKeepsToTheTolerance() {
    for (const double tolerance : {0.3, 0.05, 0.005, 1e-4}) {
      const auto rank = cotangentBasis(gramOf(kGeneral), tolerance).rank();
      // A coarser tolerance ends in one direction less, which would not have kept to this one.
      for (double coarser = tolerance; coarser < 1; coarser *= 1.02) {
        const auto basis = cotangentBasis(gramOf(kGeneral), coarser);
        QVERIFY(basis.rank() == rank || basis.discarded > tolerance);
      }
    }
  }

  void basisVectorsAreOrthonormal() {
    const auto basis = cotangentBasis(gramOf(kGeneral), 1e-9);
    const Matrix gram = gramOf(combined(basis.combine, kGeneral));
    for (std::size_t i = 0; i < gram.rows(); ++i)
      for (std::size_t j = 0; j < gram.rows(); ++j)
        QVERIFY(std::abs(gram(i, j) - (i == j ? 1 : 0)) < 1e-8);
  }

  void aSmallVectorIsNotNeglected() {
    const Vectors u{{1000, 0}, {0, 1e-3}};
    QCOMPARE(cotangentBasis(gramOf(u), 0.1).rank(), std::size_t{2});
  }

  void aZeroVectorStaysZero() {
    const Vectors u{{1, 2}, {0, 0}};
    const auto basis = cotangentBasis(gramOf(u), 0);
    QCOMPARE(basis.rank(), std::size_t{1});
    QCOMPARE(basis.rebuild(1, 0), 0.0);
    QCOMPARE(basis.combine(0, 1), 0.0);
  }

  void nothingButZerosNeedsNothing() {
    QCOMPARE(cotangentBasis(Matrix(3, 3), 0.1).rank(), std::size_t{0});
  }
};

APPLESS_TEST(CotangentBasisTest)
#include "cotangent_basis_test.moc"
