#include "widgets/plots/time/outliers.h"

#include <QtTest>
#include <cmath>
#include <limits>

#include "tests/test_program.h"

using namespace modascope;

namespace {

/// 0, 0.01 … 1.99.
std::vector<double> ramp() {
  std::vector<double> values;
  for (int i = 0; i < 200; ++i) values.push_back(0.01 * i);
  return values;
}

std::vector<double> with(std::vector<double> values, std::initializer_list<double> more) {
  values.insert(values.end(), more);
  return values;
}

}  // namespace

class OutliersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSpikeFarAboveIsBeyond() {
    // Of 201 values two at each end are left out: 0.02 … 1.98, a span of 1.96.
    const auto fence = fenceAround(with(ramp(), {50}));
    QVERIFY(fence.has_value());
    QCOMPARE(fence->low, 0.02 - 3 * 1.96);
    QCOMPARE(fence->high, 1.98 + 3 * 1.96);
    QVERIFY(!fence->holds(50) && fence->holds(1.99));
  }

  void oneFarBelowIsToo() {
    const auto fence = fenceAround(with(ramp(), {-50}));
    QVERIFY(fence && !fence->holds(-50));
  }

  void theSteepBeginningOfACurveIsNoOutlier() { QVERIFY(!fenceAround(with(ramp(), {5, 6, 7}))); }

  void fewValuesHaveNone() { QVERIFY(!fenceAround({1, 2, 3, 4, 5, 1000})); }

  void aConstantHasNone() { QVERIFY(!fenceAround(with(std::vector<double>(500, 1.0), {100}))); }

  void whatIsNoNumberHasNoPart() {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    QVERIFY(!fenceAround(with(ramp(), {nan, infinite})));
    QVERIFY(!fenceAround({}));
  }
};

APPLESS_TEST(OutliersTest)
#include "outliers_test.moc"
