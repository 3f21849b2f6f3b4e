#include <QMouseEvent>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/plots/basis_plot.h"
#include "widgets/plots/custom_plot.h"
#include "widgets/plots/gradient_plot.h"
#include "widgets/plots/legend_strip.h"
#include "widgets/plots/loss_plot.h"

using namespace modascope;

namespace {

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

StepEvent step(std::int64_t number, double loss) {
  StepEvent event;
  event.step = number;
  event.steps = 1000;
  event.epoch = static_cast<double>(number) / 10;
  event.elapsedSeconds = 60.0 * static_cast<double>(number);
  event.meanLoss = loss;
  return event;
}

StepEvent measured(std::int64_t number, std::vector<double> norms, std::vector<double> shares) {
  auto event = step(number, 1);
  event.gradients.emplace();
  event.gradients->modalityNorms = std::move(norms);
  event.gradients->shares = std::move(shares);
  return event;
}

/// Shown, laid out and drawn.
void draw(TimePlot& plot) {
  plot.resize(600, 400);
  plot.show();
  QVERIFY(QTest::qWaitForWindowExposed(&plot));
  QTest::qWait(50);
  plot.canvas()->replot();
}

/// Whether a pixel near (x, y) of the upper plot has about this colour.
bool drawnAt(TimePlot& plot, double x, double y, const QColor& colour) {
  auto* rect = plot.canvas()->axisRect();
  const QPointF place(rect->axis(QCPAxis::atBottom)->coordToPixel(x),
                      rect->axis(QCPAxis::atLeft)->coordToPixel(y));
  const auto image = plot.canvas()->grab().toImage();
  for (int dx = -2; dx <= 2; ++dx)
    for (int dy = -2; dy <= 2; ++dy) {
      const auto pixel = image.pixelColor((place + QPointF(dx, dy)).toPoint());
      if (std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green()) +
              std::abs(pixel.blue() - colour.blue()) <
          60)
        return true;
    }
  return false;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

class TimePlotTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMeasuredNormIsDrawnInItsModalitysColour() {
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({measured(1, {3, 1, 1, 1}, {.5, .17, .17, .16}),
                 measured(11, {3, 1, 1, 1}, {.5, .17, .17, .16})});
    draw(plot);
    QVERIFY(drawnAt(plot, 6, 3, modalityColour(ModalityId(0))));
    QVERIFY(!drawnAt(plot, 6, 2, modalityColour(ModalityId(0))));
  }

  void whatWasNotMeasuredLeavesAGap() {
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    const std::vector<double> shares{.25, .25, .25, .25};
    plot.append({measured(1, {2, 1, 1, 1}, shares), measured(11, {2, 1, 1, 1}, shares),
                 measured(21, {kNotMeasured, 1, 1, 1}, shares), measured(31, {2, 1, 1, 1}, shares),
                 measured(41, {2, 1, 1, 1}, shares)});
    draw(plot);
    const auto blue = modalityColour(ModalityId(0));
    QVERIFY(drawnAt(plot, 6, 2, blue));
    QVERIFY(!drawnAt(plot, 16, 2, blue));
    QVERIFY(!drawnAt(plot, 26, 2, blue));
    QVERIFY(drawnAt(plot, 36, 2, blue));
  }

  void aSingleMeasurementIsVisible() {
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({measured(1, {2, 1, 1, 1}, {.4, .2, .2, .2})});
    draw(plot);
    QVERIFY(drawnAt(plot, 1, 2, modalityColour(ModalityId(0))));
  }

  void stepsWithoutMeasurementDoNotAppear() {
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(1, 1), measured(2, {1, 1, 1, 1}, {.25, .25, .25, .25}), step(3, 1)});
    QCOMPARE(plot.table().moments().size(), std::size_t{1});
  }

  void sharesAreStackedToAHundredPercent() {
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    const auto event = [](int n) { return measured(n, {2, 1, 1, 4}, {.25, .125, .125, .5}); };
    plot.append({event(1), event(11)});
    draw(plot);
    auto* rect = plot.canvas()->axisRect(1);
    const auto image = plot.canvas()->grab().toImage();
    const auto hueAt = [&](double percent) {
      const QPointF place(rect->axis(QCPAxis::atBottom)->coordToPixel(6),
                          rect->axis(QCPAxis::atLeft)->coordToPixel(percent));
      return image.pixelColor(place.toPoint()).hue();
    };
    const auto near = [](int a, int b) { return std::abs(a - b) <= 6; };
    QVERIFY(near(hueAt(12), modalityColour(ModalityId(0)).hue()));
    QVERIFY(near(hueAt(31), modalityColour(ModalityId(1)).hue()));
    QVERIFY(near(hueAt(44), modalityColour(ModalityId(2)).hue()));
    QVERIFY(near(hueAt(80), modalityColour(ModalityId(3)).hue()));
  }

  void bothRectanglesShowTheSameSteps() {
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({measured(1, {1, 1, 1, 1}, {.25, .25, .25, .25}),
                 measured(99, {1, 1, 1, 1}, {.25, .25, .25, .25})});
    plot.canvas()->axisRect(0)->axis(QCPAxis::atBottom)->setRange(20, 30);
    const auto below = plot.canvas()->axisRect(1)->axis(QCPAxis::atBottom)->range();
    QCOMPARE(below.lower, 20.0);
    QCOMPARE(below.upper, 30.0);
  }

  void onlyStepsWithAToleranceShowWhatItCosts() {
    BasisPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({measured(1, {1, 2, 3, 4}, {.1, .2, .3, .4})});
    QVERIFY(plot.table().moments().empty());
    QVERIFY(!plot.concernsRun());
    auto shortened = measured(2, {1, 2, 3, 4}, {.1, .2, .3, .4});
    shortened.gradients->ranks = {2, 3, 2, 2};
    shortened.gradients->discarded = {0.003, 0.01, 0, 0.0005};
    auto audited = shortened;
    audited.step = 3;
    audited.gradients->exactCosine = 0.999;
    plot.append({shortened, audited});
    QVERIFY(plot.concernsRun());
    QCOMPARE(plot.table().moments().size(), std::size_t{2});
    draw(plot);
    QVERIFY(drawnAt(plot, 2.5, 0.003, modalityColour(ModalityId(0))));
  }

  void onePeakAmongManyStepsIsDrawn() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    std::vector<StepEvent> steps;
    for (int i = 1; i <= 30'000; ++i) steps.push_back(step(i, i == 12'345 ? 9.0 : 1.0));
    plot.append(steps);
    plot.setSmoothing(1);
    draw(plot);
    QVERIFY(drawnAt(plot, 12'345, 8.9, Qt::black));
  }

  void theSamePlotComesFromLiveStepsAndFromARefill() {
    LossPlot live, late;
    live.append({step(1, 3), step(2, 2), step(3, 1)});
    late.append({step(3, 1)});
    late.append({step(1, 3), step(2, 2), step(3, 1)});
    QCOMPARE(late.table().toCsv(), live.table().toCsv());
  }

  void theRawLossStaysBesideTheSmoothedOne() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.setSmoothing(2);
    plot.append({step(1, 1), step(2, 3)});
    plot.canvas()->replot();
    const auto raw = plot.canvas()->graph(0)->data();
    QCOMPARE(raw->at(1)->value, 3.0);
    const auto smooth = plot.canvas()->graph(2)->data();
    QCOMPARE(smooth->at(1)->value, 1.75 / 0.75);
  }

  /// Two sets of two steps: no line goes from the first to the second, and smoothing begins anew.
  void curvesOfAdaptersEndWhereTheNextSetBegins() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.setSmoothing(2);
    plot.showOneByOne(true);
    const ModalitySet first(ModalityId(0)), second(ModalityId(1));
    for (int i = 1; i <= 4; ++i) {
      auto event = step(i, i <= 2 ? 1 : 5);
      event.subsets = {i <= 2 ? first : second};
      event.losses = {event.meanLoss};
      plot.append({event});
    }
    plot.appendValidation({{2, {"accuracy"}, {0.9}, false},
                           {3, {"accuracy"}, {0.2}, false},
                           {4, {"accuracy"}, {0.4}, false}});
    plot.canvas()->replot();
    const auto gapIn = [&](int graph) {
      const auto data = plot.canvas()->graph(graph)->data();
      for (int i = 0; i < data->size(); ++i)
        if (std::isnan(data->at(i)->value)) return data->at(i)->key;
      return 0.0;
    };
    QCOMPARE(gapIn(0), 3.0);  // raw
    QCOMPARE(gapIn(2), 3.0);  // smoothed
    QCOMPARE(plot.canvas()->graph(2)->data()->at(3)->value, 5.0);
    bool scores = false;
    for (int i = 3; i < plot.canvas()->graphCount(); ++i)
      scores = scores || (plot.canvas()->graph(i)->data()->size() == 4 && gapIn(i) == 3.0);
    QVERIFY(scores);
    plot.showOneByOne(false);
    plot.canvas()->replot();
    QCOMPARE(gapIn(0), 0.0);
  }

  void aValidationThatIsBestIsMarked() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(100, 1), step(200, 1), step(300, 1)});
    plot.appendValidation({{100, {"wt", "tc", "et"}, {.6, .5, .1}, true},
                           {200, {"wt", "tc", "et"}, {.9, .7, .5}, true},
                           {300, {"wt", "tc", "et"}, {.8, .7, .5}, false}});
    QCOMPARE(plot.bestStep().value(), 200);
    QVERIFY(plot.table().toCsv().contains("validation Dice WT"));
  }

  void diceIsDrawnInItsRegionsColourInWhateverOrderItComes() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.setRegions(RegionSchema({{1, "gland"}, {2, "lesion"}},
                                 {{"gland", "GLAND", "gland", {1, 2}, {1, 2, 3}},
                                  {"lesion", "LESION", "lesion", {2}, {40, 50, 60}}}));
    plot.appendValidation({{10, {"lesion", "gland"}, {0.4, 0.8}, true}});
    const auto* legend = plot.findChild<LegendStrip*>();
    const auto colourOf = [legend](const QString& name) {
      for (const LegendEntry& entry : legend->entries())
        if (entry.name == name) return entry.colour;
      return QColor();
    };
    QCOMPARE(colourOf("Dice LESION"), QColor(40, 50, 60));
    QCOMPARE(colourOf("Dice GLAND"), QColor(1, 2, 3));
  }

  void aTasksMainScoreIsMarkedAndErrorsStayOut() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(10, 1)});
    plot.appendValidation({{10, {"corr", "mae", "acc2"}, {0.4, 1.5, 0.8}, true}});
    QCOMPARE(plot.canvas()->yAxis2->label(), "validation score");
    QCOMPARE(plot.canvas()->yAxis2->range().lower, 0.0);
    QVERIFY(plot.table().toCsv().contains("validation Correlation"));
    QVERIFY(!plot.table().toCsv().contains("validation MAE"));
    plot.appendValidation({{20, {"corr", "mae", "acc2"}, {-0.1, 1.5, 0.8}, false}});
    QCOMPARE(plot.canvas()->yAxis2->range().lower, -1.0);  // nothing lies below the plot
  }

  void subsetsAreOffUntilAskedFor() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    auto event = step(1, 2);
    event.subsets = {ModalitySet(ModalityId(0)), ModalitySet(ModalityId(3))};
    event.losses = {1.5, 2.5};
    plot.append({event});
    QVERIFY(!plot.showsSubsets());
    QVERIFY(plot.table().toCsv().startsWith(
        "step,epoch,seconds,mean loss,loss T1,loss FLAIR\n1,0.1,60,2,1.5,2.5"));
    const auto* legend = plot.findChild<LegendStrip*>();
    const auto count = legend->entries().size();
    plot.showSubsets(true);
    QCOMPARE(legend->entries().size(), count + 2);
  }

  void theLegendReadsTheValuesUnderTheCursor() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(10, 0.75), step(20, 0.5), step(30, 0.25)});
    draw(plot);
    const auto* legend = plot.findChild<LegendStrip*>();
    QCOMPARE(legend->where(), QString("step 30"));
    QCOMPARE(legend->entries()[0].value, QString("0.25"));
    auto* rect = plot.canvas()->axisRect();
    const QPointF place(rect->axis(QCPAxis::atBottom)->coordToPixel(21), rect->center().y());
    QMouseEvent move(QEvent::MouseMove, place, plot.canvas()->mapToGlobal(place), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(plot.canvas(), &move);
    QCOMPARE(legend->where(), QString("step 20"));
    QCOMPARE(legend->entries()[0].value, QString("0.5"));
  }

  void theAxisCountsStepsEpochsOrMinutes() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(10, 1), step(20, 1)});
    const auto upper = [&] {
      return plot.canvas()->axisRect()->axis(QCPAxis::atBottom)->range().upper;
    };
    QVERIFY(std::abs(upper() - 20) < 0.5);
    plot.setXAxis(TimeAxis::Epoch);
    QVERIFY(std::abs(upper() - 2) < 0.05);
    plot.setXAxis(TimeAxis::Time);
    QVERIFY(std::abs(upper() - 20) < 0.5);
  }

  void newPointsDoNotMoveAViewThatTheUserChose() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(1, 1), step(100, 1)});
    draw(plot);
    const QPointF middle = plot.canvas()->axisRect()->center();
    QWheelEvent wheel(middle, plot.canvas()->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot.canvas(), &wheel);
    auto* axis = plot.canvas()->axisRect()->axis(QCPAxis::atBottom);
    const auto chosen = axis->range();
    QVERIFY(chosen.size() < 99);
    plot.append({step(200, 1)});
    QCOMPARE(axis->range().upper, chosen.upper);
    QTest::mouseDClick(plot.canvas(), Qt::LeftButton, {}, middle.toPoint());
    QVERIFY(axis->range().upper > 200);
  }

  void aDarkPaletteMakesADarkPlot() {
    LossPlot plot;
    plot.setSchema(bratsModalities());
    plot.append({step(1, 1), step(2, 2)});
    auto dark = plot.palette();
    dark.setColor(QPalette::Base, QColor(20, 20, 20));
    dark.setColor(QPalette::Text, QColor(230, 230, 230));
    plot.setPalette(dark);
    draw(plot);
    QCOMPARE(plot.canvas()->grab().toImage().pixelColor(2, 2), QColor(20, 20, 20));
  }

  void figuresAreWrittenInThreeFormats() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    GradientPlot plot;
    plot.setSchema(bratsModalities());
    plot.append(
        {measured(1, {2, 1, 1, 1}, {.4, .2, .2, .2}), measured(9, {2, 1, 1, 1}, {.4, .2, .2, .2})});
    for (const auto* name : {"f.png", "f.svg", "f.pdf"}) plot.exportFigure(path / name);
    const QImage image(QString::fromStdString((path / "f.png").string()));
    QCOMPARE(image.pixelColor(3, 3), QColor(Qt::white));
    const auto svg = content(path / "f.svg");
    QVERIFY(svg.find("Gradient per modality") != std::string::npos);
    QVERIFY(svg.find("before clipping") != std::string::npos);
    QVERIFY(content(path / "f.pdf").starts_with("%PDF"));
    QVERIFY_THROWS_EXCEPTION(Error, plot.exportFigure(path / "f.bmp"));
  }
};

WINDOW_TEST(TimePlotTest)
#include "time_plot_test.moc"
