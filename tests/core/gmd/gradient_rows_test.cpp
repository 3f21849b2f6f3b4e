#include "core/gmd/gradient_rows.h"

#include <QTest>

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/gmd/projection.h"
#include "core/problem/brats.h"
#include "tests/core/gmd/long_rows.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::longRows;

namespace {

const ModalityId kFirst(0), kSecond(1);

/// Five shared parameters, then two of each of two modalities.
ParameterLayout smallLayout() {
  ParameterLayout layout;
  layout.add("shared", {5});
  layout.add("first", {2}, kFirst);
  layout.add("second", {2}, kSecond);
  return layout;
}

/// Subsets {0, 1}, {0}, {1}; rows of pairs (0, both), (0, alone), (1, both), (1, alone).
GradientRows smallRows() {
  auto rows = torch::randn({4, 9}, torch::kFloat32);
  rows.slice(0, 0, 2).narrow(1, 7, 2).zero_();
  rows.slice(0, 2, 4).narrow(1, 5, 2).zero_();
  return {{ModalitySet::firstOf(2), ModalitySet(kFirst), ModalitySet(kSecond)},
          rows,
          {{1, 0, 1, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}}};
}

}  // namespace

class GradientRowsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(11); }

  void theGramFormIsTheLongForm() {
    const auto gradients = smallRows();
    const auto g = longRows(gradients);
    const auto all = gram(gradients, smallLayout(), ConflictOver::All);
    const auto shared = gram(gradients, smallLayout(), ConflictOver::Shared);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        const auto a = g[static_cast<std::int64_t>(i)], b = g[static_cast<std::int64_t>(j)];
        QVERIFY(std::abs(all(i, j) - a.dot(b).item<double>()) < 1e-5);
        QVERIFY(std::abs(shared(i, j) - a.narrow(0, 0, 5).dot(b.narrow(0, 0, 5)).item<double>()) <
                1e-5);
      }
  }

  void theGramOfManyRowsIsThatOfFew() {
    ParameterLayout layout;
    layout.add("shared", {7});
    const auto rows = torch::randn({130, 7});
    const GradientRows gradients{allSubsets(bratsModalities()), rows, identity(130)};
    const Matrix table = gram(gradients, layout, ConflictOver::All);
    for (std::int64_t i = 0; i < 130; ++i)
      for (std::int64_t j = 0; j < 130; ++j)
        QVERIFY(std::abs(table(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) -
                         rows[i].dot(rows[j]).item<double>()) < 1e-4);
  }

  void projectingTheLongRowsOneByOneGivesTheSameGradient() {
    const auto gradients = smallRows();
    const auto layout = smallLayout();
    const auto table = gram(gradients, layout, ConflictOver::All);
    auto rng = Seed{4}.stream("x");
    const ProjectionOrder order = randomOrder(3, rng);
    const auto got = mergeRows(gradients, projectConflicts(table, order), layout, Merge::Mean);

    // The papers' way: clone the rows, subtract, then mean where all reach and sum elsewhere.
    const auto original = longRows(gradients);
    auto projected = original.clone();
    for (std::int64_t i = 0; i < 3; ++i)
      for (const std::size_t j : order[static_cast<std::size_t>(i)]) {
        const auto other = original[static_cast<std::int64_t>(j)];
        projected[i] -= (projected[i].dot(other) / other.dot(other)).clamp_max(0) * other;
      }
    auto expected = projected.sum(0);
    expected.narrow(0, 0, 5).div_(3);
    QVERIFY(torch::allclose(got, expected, 1e-5, 1e-6));
  }

  void sharedPartIsAMeanOrASumAndOwnPartAlwaysASum() {
    const auto gradients = smallRows();
    const auto mean = mergeRows(gradients, identity(3), smallLayout(), Merge::Mean);
    const auto sum = mergeRows(gradients, identity(3), smallLayout(), Merge::Sum);
    QVERIFY(torch::allclose(mean.narrow(0, 0, 5) * 3, sum.narrow(0, 0, 5)));
    QVERIFY(torch::equal(mean.narrow(0, 5, 4), sum.narrow(0, 5, 4)));
  }

  void aModalitysOwnPartCountsAsSharedWhenEverySubsetHasIt() {
    auto gradients = smallRows();
    gradients.subsets = {ModalitySet::firstOf(2), ModalitySet(kFirst)};
    gradients.mix = {{1, 0, 1, 0}, {0, 1, 0, 0}};
    const auto mean = mergeRows(gradients, identity(2), smallLayout(), Merge::Mean);
    const auto sum = mergeRows(gradients, identity(2), smallLayout(), Merge::Sum);
    QVERIFY(torch::allclose(mean.narrow(0, 5, 2) * 2, sum.narrow(0, 5, 2)));
    QVERIFY(torch::equal(mean.narrow(0, 7, 2), sum.narrow(0, 7, 2)));
  }
};

APPLESS_TEST(GradientRowsTest)
#include "gradient_rows_test.moc"
