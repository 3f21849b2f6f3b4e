#include "widgets/plots/time/plot_curves.h"

#include <QtTest>
#include <algorithm>

#include "tests/test_program.h"
#include "widgets/plots/custom_plot.h"

using namespace modascope;

namespace {

std::function<PlotCurves::Points()> always(PlotCurves::Points points) {
  return [points] { return points; };
}

/// With the canvas laid out before and after, as it is drawn.
void draw(QCustomPlot& canvas, PlotCurves& curves) {
  canvas.setViewport(QRect(0, 0, 400, 300));
  curves.takePoints();
  curves.feed(400);
  canvas.replot();
  curves.placeMarks();
}

/// 0, 0.01 … 1.99 and one value more.
PlotCurves::Points rampAnd(double value) {
  PlotCurves::Points points;
  for (int i = 0; i < 200; ++i) points.emplace_back(i, 0.01 * i);
  points.emplace_back(200, value);
  return points;
}

/// The graph of triangles that has points, or nullptr.
const QCPGraph* triangles(const QCustomPlot& canvas, QCPScatterStyle::ScatterShape shape) {
  for (int i = 0; i < canvas.graphCount(); ++i) {
    const auto* graph = canvas.graph(i);
    if (graph->scatterStyle().shape() == shape && !graph->data()->isEmpty()) return graph;
  }
  return nullptr;
}

}  // namespace

class PlotCurvesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void marksThatWouldCoverEachOtherMoveApart() {
    QCustomPlot canvas;
    PlotCurves curves(&canvas);
    const QFont font(canvas.font());
    curves.setTheme(paperTheme(), font);
    for (const char* mark : {"a", "b", "c"}) {
      CurvePen pen;
      pen.mark = QString(mark);
      curves.add({}, pen, canvas.yAxis, always({{0, 1}, {5, 1}}));
    }
    draw(canvas, curves);
    std::vector<double> places;
    for (int i = 0; i < canvas.itemCount(); ++i) {
      const auto* mark = qobject_cast<QCPItemText*>(canvas.item(i));
      QVERIFY(mark != nullptr && mark->visible());
      places.push_back(mark->position->coords().y());
    }
    std::sort(places.begin(), places.end());
    QCOMPARE(places.size(), std::size_t{3});
    const double line = 0.8 * QFontMetricsF(font).height();
    QVERIFY(places[1] - places[0] >= line - 1e-9);
    QVERIFY(places[2] - places[1] >= line - 1e-9);
    QVERIFY(places[0] >= canvas.axisRect()->top() && places[2] <= canvas.axisRect()->bottom());
  }

  void aHiddenCurveHasNoPartInTheRangeAndNoneInTheLegend() {
    QCustomPlot canvas;
    PlotCurves curves(&canvas);
    curves.add("low", {}, canvas.yAxis, always({{0, 10}, {1, 20}}));
    const auto high = curves.add("high", {}, canvas.yAxis, always({{0, 10}, {1, 1000}}));
    curves.setVisible(high, false);
    curves.takePoints();
    curves.fit(canvas.yAxis);
    QVERIFY(canvas.yAxis->range().upper > 20 && canvas.yAxis->range().upper < 25);
    QCOMPARE(curves.legend({}).size(), std::size_t{1});
    curves.setVisible(high, true);
    curves.takePoints();
    curves.fit(canvas.yAxis);
    QVERIFY(canvas.yAxis->range().upper > 1000);
    QCOMPARE(curves.legend({}).back().name, QString("high"));
  }

  void aLogarithmicRangeLeavesOutWhatItCannotShow() {
    QCustomPlot canvas;
    PlotCurves curves(&canvas);
    curves.add({}, {}, canvas.yAxis, always({{0, -5}, {1, 0}, {2, 10}, {3, 100}}));
    canvas.yAxis->setScaleType(QCPAxis::stLogarithmic);
    curves.takePoints();
    curves.fit(canvas.yAxis);
    QCOMPARE(canvas.yAxis->range().lower, 10 / 1.3);
    QCOMPARE(canvas.yAxis->range().upper, 130.0);
  }

  void anOutlierIsMarkedAtTheEdgeAndDoesNotSqueezeTheRest() {
    QCustomPlot canvas;
    PlotCurves curves(&canvas);
    curves.setTheme(paperTheme(), canvas.font());
    curves.add("loss", {}, canvas.yAxis, always(rampAnd(500)));
    curves.takePoints();
    curves.fit(canvas.yAxis);
    QVERIFY(canvas.yAxis->range().upper > 1.99 && canvas.yAxis->range().upper < 2.5);
    QCOMPARE(curves.outliers(), std::size_t{1});
    QVERIFY(curves.legend({}).back().name.contains("beyond the scale"));
    QCOMPARE(curves.legend({}).back().value, QString("1"));
    canvas.xAxis->setRange(-1, 201);
    draw(canvas, curves);
    const auto* up = triangles(canvas, QCPScatterStyle::ssTriangle);
    QVERIFY(up != nullptr);
    QCOMPARE(up->data()->constBegin()->key, 200.0);
    QVERIFY(canvas.yAxis->range().contains(up->data()->constBegin()->value));
    QVERIFY(triangles(canvas, QCPScatterStyle::ssTriangleInverted) == nullptr);
  }

  void theScaleTakesOutliersInWhereTheyAreNotToBeMarked() {
    QCustomPlot canvas;
    PlotCurves curves(&canvas);
    curves.add("loss", {}, canvas.yAxis, always(rampAnd(-500)));
    curves.takePoints();
    curves.fit(canvas.yAxis);
    QCOMPARE(curves.outliers(), std::size_t{1});
    curves.setOutliersMarked(false);
    curves.fit(canvas.yAxis);
    QCOMPARE(curves.outliers(), std::size_t{0});
    QCOMPARE(curves.legend({}).size(), std::size_t{1});
    QVERIFY(canvas.yAxis->range().lower < -500);
  }

  void aSparseCurveTellsItsLatestValue() {
    QCustomPlot canvas;
    PlotCurves curves(&canvas);
    curves.add("score", {}, canvas.yAxis, always({{10, 0.5}, {20, 0.75}}));
    curves.takePoints();
    QCOMPARE(curves.legend(9.0)[0].value, QString());
    QCOMPARE(curves.legend(19.0)[0].value, QString("0.5"));
    QCOMPARE(curves.legend(300.0)[0].value, QString("0.75"));
  }
};

WINDOW_TEST(PlotCurvesTest)
#include "plot_curves_test.moc"
