#include "core/metrics/shapley.h"

#include <QTest>
#include <numeric>

#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalityId kA(0), kB(1), kC(2);

bool has(std::optional<ModalitySet> set, ModalityId id) {
  return set && set->contains(id);
}

/// v of a set as a number that no rule connects with those of others.
double anything(std::optional<ModalitySet> set) {
  const int bits = set ? set->bits() : 0;
  return (bits * 37 + 11) % 23 - 0.25 * bits;
}

bool near(double a, double b) {
  return std::abs(a - b) < 1e-12;
}

}  // namespace

class ShapleyTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void twoModalitiesByHand() {  // v(∅) = 1, v(A) = 3, v(B) = 2, v(AB) = 6
    const auto value = [](std::optional<ModalitySet> set) {
      if (!set) return 1.0;
      return set->size() == 2 ? 6.0 : set->contains(kA) ? 3.0 : 2.0;
    };
    const Contributions found = contributions(ModalitySet::firstOf(2), value);
    QCOMPARE(found.values[0], 3.0);  // ((3 − 1) + (6 − 2)) / 2
    QCOMPARE(found.values[1], 2.0);  // ((2 − 1) + (6 − 3)) / 2
    QCOMPARE(found.shares[0], 0.6);
    QCOMPARE(found.removals[0], 4.0);
    QCOMPARE(found.removals[1], 3.0);
    QCOMPARE(found.none, 1.0);
    QCOMPARE(found.all, 6.0);
  }

  void theGloveGameByHand() {  // A has a left glove, B and C a right one each: a pair is worth 1
    const auto pair = [](std::optional<ModalitySet> set) {
      return has(set, kA) && (has(set, kB) || has(set, kC)) ? 1.0 : 0.0;
    };
    const auto values = shapleyValues(ModalitySet::firstOf(3), pair);
    QVERIFY(near(values[0], 4.0 / 6));
    QVERIFY(near(values[1], 1.0 / 6));
    QVERIFY(near(values[2], 1.0 / 6));  // B and C can stand for each other
  }

  void theyAddUpToWhatAllChange() {
    for (const std::size_t count : {1, 2, 5, 8}) {
      const auto all = ModalitySet::firstOf(count);
      const auto values = shapleyValues(all, anything);
      const double sum = std::accumulate(values.begin(), values.end(), 0.0);
      QVERIFY(std::abs(sum - (anything(all) - anything(std::nullopt))) < 1e-9);
    }
  }

  void whoChangesNothingGetsNothing() {
    const auto withoutB = [](std::optional<ModalitySet> set) {
      if (!set) return anything(set);
      return anything(
          ModalitySet::fromBits(static_cast<std::uint8_t>(set->bits() & ~ModalitySet(kB).bits())));
    };
    QVERIFY(near(shapleyValues(ModalitySet::firstOf(4), withoutB)[1], 0));
  }

  void onlyThoseWhoPlayAreAsked() {  // A is not there
    const auto players = *ModalitySet::firstOf(3).without(kA);
    const auto value = [](std::optional<ModalitySet> set) {
      if (has(set, kA)) qFatal("A does not play");
      return has(set, kC) ? -2.0 : 0.0;
    };
    const Contributions found = contributions(players, value);
    QCOMPARE(found.values, (std::vector<double>{0, -2}));
    QCOMPARE(found.shares, (std::vector<double>{0, 1}));
  }

  void whereNothingMattersThereAreNoShares() {
    const auto flat = [](std::optional<ModalitySet>) { return 2.0; };
    QVERIFY(contributions(ModalitySet::firstOf(3), flat).shares.empty());
  }
};

APPLESS_TEST(ShapleyTest)
#include "shapley_test.moc"
