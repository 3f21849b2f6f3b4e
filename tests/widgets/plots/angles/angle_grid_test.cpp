#include "widgets/plots/angles/angle_grid.h"

#include <QtTest>

#include "tests/test_program.h"

using namespace modascope;

class AngleGridTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyCellIsFoundByItsMiddle() {
    const AngleGrid grid({10, 20, 300, 260}, {15, 4});
    for (std::size_t row = 0; row < 15; ++row)
      for (std::size_t column = 0; column < 15; ++column) {
        const AngleGrid::Cell cell{row, column};
        QVERIFY(grid.cellAt(grid.cell(cell).center()) == cell);
      }
    QVERIFY(!grid.cellAt(grid.all().topLeft() - QPointF(1, 1)));
    QVERIFY(!grid.cellAt(grid.bar().center()));
  }

  void gridAndBarStayInTheArea() {
    const QRectF area(10, 20, 300, 260);
    for (const std::size_t subsets : {3, 15, 63}) {
      const AngleGrid grid(area, {subsets, 4});
      QVERIFY(area.contains(grid.all()));
      QVERIFY(area.contains(grid.bar()));
    }
  }

  void dotsShrinkWithTheCellsUntilTheyAreGone() {
    const QRectF area(0, 0, 360, 300);
    QCOMPARE(AngleGrid(area, {3, 4}).dot().value(), 9.0);
    const auto smaller = AngleGrid(area, {63, 6}).dot();
    QVERIFY(smaller.has_value() && *smaller < 9);
    QVERIFY(!AngleGrid(area, {255, 8}).dot());
  }

  void withoutSubsetsThereIsNoCell() {
    const AngleGrid grid({0, 0, 300, 300}, {0, 4});
    QVERIFY(!grid.cellAt(grid.all().center()));
  }
};

APPLESS_TEST(AngleGridTest)
#include "angle_grid_test.moc"
