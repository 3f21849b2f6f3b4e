#include "widgets/plots/time/plot_frame.h"

#include <QtTest>

#include "tests/test_program.h"
#include "widgets/plots/custom_plot.h"

using namespace modascope;

class PlotFrameTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theNameOfTheXAxisStandsBelowTheLowestRectangle() {
    QCustomPlot canvas;
    PlotFrame frame(&canvas);
    frame.setPlaceLabel("step");
    QCOMPARE(canvas.xAxis->label(), QString("step"));
    frame.addShareRect("share (%)");
    auto* below = canvas.axisRect(1)->axis(QCPAxis::atBottom);
    QCOMPARE(canvas.xAxis->label(), QString());
    QCOMPARE(below->label(), QString("step"));
    frame.setPlaceLabel("epoch");
    QCOMPARE(canvas.xAxis->label(), QString());
    QCOMPARE(below->label(), QString("epoch"));
  }

  void oneCrosshairGoesThroughBothRectangles() {
    QCustomPlot canvas;
    PlotFrame frame(&canvas);
    frame.addShareRect("share (%)");
    frame.showCrosshair(7.0);
    QCOMPARE(canvas.itemCount(), 2);
    for (int i = 0; i < 2; ++i) {
      const auto* line = qobject_cast<QCPItemStraightLine*>(canvas.item(i));
      QVERIFY(line->visible());
      QCOMPARE(line->point1->coords().x(), 7.0);
      QCOMPARE(line->clipAxisRect(), canvas.axisRect(i));
    }
    frame.showCrosshair({});
    QVERIFY(!canvas.item(0)->visible() && !canvas.item(1)->visible());
  }

  void aSinglePlaceStandsInTheMiddle() {
    QCustomPlot canvas;
    PlotFrame frame(&canvas);
    frame.fitPlaces(3, 3);
    QCOMPARE(canvas.xAxis->range().lower, 2.5);
    QCOMPARE(canvas.xAxis->range().upper, 3.5);
  }
};

WINDOW_TEST(PlotFrameTest)
#include "plot_frame_test.moc"
