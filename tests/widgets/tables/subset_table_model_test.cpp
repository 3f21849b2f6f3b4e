#include "widgets/tables/subset_table_model.h"

#include <QtTest>

#include "tests/test_program.h"
#include "tests/widgets/tables/some_scores.h"

using namespace modascope;
using namespace modascope::testing;

class SubsetTableModelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theShortestDistanceHasTheBestColour() {
    SubsetTableModel model;
    SubsetTable more = someScores();
    for (auto& row : more.rows) row.hd95 = {10 * (1 - row.scores[0]), 0};
    model.setTable(more);
    model.setMeasure(Measure::Hd95);
    const auto shade = [&](int row, int column) {
      return model.index(row, column).data(SubsetTableModel::ShadeRole).toDouble();
    };
    QCOMPARE(shade(0, 2), 1.0);
    QCOMPARE(shade(1, 1), 0.0);  // 7 mm, the longest
    QVERIFY(shade(0, 1) > shade(2, 1));
  }
};

APPLESS_TEST(SubsetTableModelTest)
#include "subset_table_model_test.moc"
