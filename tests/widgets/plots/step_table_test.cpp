#include "widgets/plots/step_table.h"

#include <QtTest>
#include <cmath>
#include <limits>

#include "tests/test_program.h"
#include "widgets/plots/decimation.h"
#include "widgets/plots/smoothing.h"

using namespace modascope;

namespace {
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
}

class StepTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void smoothingFollowsItsFormula() {  // w = 1/2: m1 = 1·.5, m2 = .25 + 1.5; over 1/2, 3/4
    const auto shown = smoothed({1, 3}, 2);
    QCOMPARE(shown[0], 1.0);
    QCOMPARE(shown[1], 1.75 / 0.75);
  }

  void aNewValueDoesNotChangeTheSmoothedPast() {
    std::vector<double> values{4, 1, 3, 2, 9};
    const auto before = smoothed(values, 10);
    values.push_back(-100);
    auto after = smoothed(values, 10);
    after.pop_back();
    QCOMPARE(after, before);
  }

  void smoothingOverOneStepLeavesTheValues() {
    const std::vector<double> values{5, -2, 7};
    QCOMPARE(smoothed(values, 1), values);
  }

  void smoothingPassesOverGaps() {
    const auto shown = smoothed({1, kGap, 3}, 2);
    QVERIFY(std::isnan(shown[1]));
    QCOMPARE(shown[2], 1.75 / 0.75);
  }

  void thinningKeepsThePeakAndTheTrough() {
    std::vector<QPointF> points;
    for (int i = 0; i < 100'000; ++i) points.emplace_back(i, 0.0);
    points[54'321].setY(1.0);
    points[54'400].setY(-1.0);
    const auto thin = decimated(points, 0, 99'999, 300);
    QVERIFY(thin.size() <= 4 * 301);
    QCOMPARE(std::ranges::count(thin, QPointF(54'321, 1.0)), 1);
    QCOMPARE(std::ranges::count(thin, QPointF(54'400, -1.0)), 1);
    QCOMPARE(thin.front(), points.front());
    QCOMPARE(thin.back(), points.back());
    QVERIFY(std::ranges::is_sorted(thin, {}, &QPointF::x));
  }

  void thinningKeepsPeaksBesideGaps() {
    std::vector<QPointF> points;
    for (int i = 0; i < 1000; ++i) points.emplace_back(i, i % 2 ? 2.0 : kGap);
    points[501].setY(7.0);
    const auto thin = decimated(points, 0, 999, 10);
    QCOMPARE(std::ranges::count(thin, QPointF(501, 7.0)), 1);
  }

  void aGapAsWideAsAPixelStaysAGap() {
    std::vector<QPointF> points;
    for (int i = 0; i < 1000; ++i) points.emplace_back(i, i >= 400 && i < 600 ? kGap : 1.0);
    const auto thin = decimated(points, 0, 999, 10);
    QVERIFY(std::ranges::any_of(thin, [](const QPointF& p) { return std::isnan(p.y()); }));
  }

  void fewPointsAreLeftAlone() {
    const std::vector<QPointF> points{{0, 1}, {1, 2}, {2, 3}};
    QCOMPARE(decimated(points, 0, 2, 100), points);
  }

  void outOfViewOnlyTheNeighboursStay() {
    const std::vector<QPointF> points{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}};
    const std::vector<QPointF> expected{{1, 1}, {2, 2}, {3, 3}, {4, 4}};
    QCOMPARE(decimated(points, 1.5, 3.5, 100), expected);
  }

  void whereACurveEndsIsNeverThinnedAway() {
    std::vector<QPointF> points;
    for (int i = 0; i < 1000; ++i) {
      if (i == 505) points.emplace_back(i, kCurveEnds);
      points.emplace_back(i, i < 505 ? 1 : 2);
    }
    for (const int columns : {10, 5000}) {
      const auto thin = decimated(points, 0, 999, columns);
      std::size_t gaps = 0;
      for (std::size_t i = 0; i < thin.size(); ++i) {
        QVERIFY(!std::isinf(thin[i].y()));
        if (!std::isnan(thin[i].y())) continue;
        ++gaps;
        QCOMPARE(thin[i - 1].y(), 1.0);
        QCOMPARE(thin[i + 1].y(), 2.0);
      }
      QCOMPARE(gaps, std::size_t{1});
    }
  }

  void aPointBetweenGapsIsIsolated() {
    const std::vector<QPointF> points{{0, 1}, {1, kGap}, {2, 5}, {3, kGap}, {4, 1}, {5, 2}};
    const std::vector<QPointF> expected{{0, 1}, {2, 5}};
    QCOMPARE(isolated(points), expected);
  }

  void stepsThatComeLateFindTheirPlace() {
    StepTable table;
    const auto column = table.addColumn("loss");
    table.put({30, 3, 30}, column, 0.3);
    table.put({10, 1, 10}, column, 0.1);
    table.put({20, 2, 20}, column, 0.2);
    table.put({10, 1, 10}, column, 0.15);
    const auto points = table.points(column);
    QCOMPARE(points.size(), std::size_t{3});
    QCOMPARE(points[0].value, 0.15);
    QCOMPARE(points[1].value, 0.2);
    QCOMPARE(table.place(1, TimeAxis::Step), 20.0);
  }

  void timesThatStartAgainAtAResumeAddUp() {
    StepTable table;
    const auto column = table.addColumn("loss");
    table.put({1, 0, 60}, column, 1);
    table.put({2, 0, 120}, column, 1);
    table.put({3, 0, 30}, column, 1);  // resumed: 30 s into the second session
    QCOMPARE(table.place(2, TimeAxis::Time), 2.5);
  }

  void csvHasEveryPointAndLeavesUnmeasuredCellsEmpty() {
    StepTable table;
    const auto loss = table.addColumn("loss");
    const auto norm = table.addColumn("T1, norm");
    table.put({1, 0.5, 2}, loss, 0.1);
    table.put({2, 1, 4}, loss, 0.25);
    table.put({2, 1, 4}, norm, kGap);
    QCOMPARE(table.toCsv(), QString("step,epoch,seconds,loss,\"T1, norm\"\n"
                                    "1,0.5,2,0.1,\n"
                                    "2,1,4,0.25,nan\n"));
  }
};

APPLESS_TEST(StepTableTest)
#include "step_table_test.moc"
