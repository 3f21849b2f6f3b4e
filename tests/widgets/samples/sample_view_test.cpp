#include "widgets/samples/sample_view.h"

#include <QTextEdit>
#include <QtTest>

#include "tests/test_program.h"
#include "widgets/samples/feature_scale.h"
#include "widgets/samples/feature_strip.h"

using namespace modascope;

namespace {

const ModalityId kText(0), kAudio(1), kVision(2);

/// Text of four numbers, audio of two steps of three, vision that the sample lacks.
SampleContent sample() {
  SampleContent content{
      {Task::Regression,
       ModalitySchema({{"text", "Text"}, {"audio", "Audio"}, {"vision", "Vision"}}),
       InputLayout({{4, 1}, {3, 2}, {2, 1}}),
       {"sentiment"}},
      ModalitySet::firstOf(2),
      {{-3, 0, 1, 3}, {0, 0, 0, 0, 0, 3}, {0, 0}},
      "I LIKED IT",
      {}};
  content.truth.truth = 2;
  return content;
}

QColor colourAt(const FeatureStrip* strip, int row, int column, int rows, int columns) {
  const QImage image = const_cast<FeatureStrip*>(strip)->grab().toImage();
  const QRect place = strip->picture();
  return image.pixelColor(place.left() + (2 * column + 1) * place.width() / (2 * columns),
                          place.top() + (2 * row + 1) * place.height() / (2 * rows));
}

}  // namespace

class SampleViewTest : public QObject {
  Q_OBJECT
 private:
  static void show(SampleView& view) {
    view.resize(700, 640);
    view.setSample(sample());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
  }

 private Q_SLOTS:
  void everyNumberHasTheColourOfTheOneScale() {
    SampleView view;
    show(view);
    const auto values = sample().values;
    for (int i = 0; i < 4; ++i)
      QCOMPARE(colourAt(view.strip(kText), 0, i, 1, 4),
               featureColour(static_cast<double>(values[0][static_cast<std::size_t>(i)])));
    QCOMPARE(colourAt(view.strip(kAudio), 1, 2, 2, 3), featureColour(3));  // the last step below
    QCOMPARE(colourAt(view.strip(kAudio), 0, 2, 2, 3), featureColour(0));
  }

  void theScaleDivergesAboutTheMean() {
    const QColor below = featureColour(-3), mean = featureColour(0), above = featureColour(3);
    QVERIFY(below.blue() > below.red() && above.red() > above.blue());
    QVERIFY(mean.lightness() > 240);
    QCOMPARE(featureColour(30), above);
  }

  void leftOutAndMissingLookDifferent() {
    SampleView view;
    show(view);
    view.setShown(ModalitySet(kText));
    QCOMPARE(view.strip(kText)->state(), TileState::On);
    QCOMPARE(view.strip(kAudio)->state(), TileState::LeftOut);
    QCOMPARE(view.strip(kVision)->state(), TileState::Absent);
    QVERIFY(view.header(kAudio)->accessibleName().contains("left out"));
    QVERIFY(view.header(kVision)->accessibleName().contains("missing"));
  }

  void aStripShowsWhatStandsInForWhatIsLeftOut() {
    SampleView view;
    show(view);
    const auto values = sample().values;
    const auto inColour = [&] {
      return colourAt(view.strip(kText), 0, 0, 1, 4) == featureColour(-3);
    };
    const std::vector<float> zeros(values[0].size(), 0), threes(values[1].size(), 3);
    view.setStandIns({zeros, threes, {}});
    QVERIFY(inColour());  // it is on show itself
    view.setShown(ModalitySet(kAudio), "zeros");
    for (int i = 0; i < 4; ++i)
      QCOMPARE(colourAt(view.strip(kText), 0, i, 1, 4), featureColour(0));  // and no hatch
    QCOMPARE(view.strip(kText)->state(), TileState::LeftOut);
    view.setStandIns({});  // the network gets nothing
    QVERIFY(colourAt(view.strip(kText), 0, 0, 1, 4) != featureColour(0) && !inColour());
    view.setStandIns({zeros, threes, {}});
    view.setSample(sample());
    QVERIFY(inColour());
  }

  void theTitleHasTheShareAndAClickAsks() {
    SampleView view;
    show(view);
    view.setShares({0.8, 0.2});
    QVERIFY(view.header(kText)->title().note.contains("80 %"));
    QVERIFY(view.header(kVision)->title().note.isEmpty());
    std::vector<ModalityId> asked;
    connect(&view, &SampleView::toggled, this, [&](ModalityId id) { asked.push_back(id); });
    view.header(kAudio)->click();
    QVERIFY(asked == std::vector{kAudio});
    QCOMPARE(view.strip(kAudio)->state(), TileState::On);  // asked, not yet answered
  }

  void thePredictionStandsRightBelowStripsThatNeedNoMoreRoom() {
    const auto below = [](const InputShape& shape) {
      SampleView view;
      auto vectors = sample();
      vectors.problem.inputs = InputLayout({shape, shape, shape});
      for (auto& values : vectors.values) values.assign(shape.size(), 0);
      view.setSample(vectors);
      view.resize(700, 1400);
      view.show();
      const auto bottom = [&view](const QWidget* widget) {
        return widget->mapTo(&view, QPoint(0, widget->height())).y();
      };
      return bottom(view.prediction()) - bottom(view.strip(kVision));
    };
    QVERIFY(below({12, 1}) < 300);
    QVERIFY(below({12, 30}) < 300);
  }

  void whatWasSaidCanBeReadAndIsOtherwiseNotThere() {
    SampleView view;
    show(view);
    QCOMPARE(view.text(), "I LIKED IT");
    auto lengthy = sample();
    for (int i = 0; i < 30; ++i) lengthy.text += " AND I WOULD SEE IT AGAIN";
    view.setSample(lengthy);
    auto* edit = view.findChild<QTextEdit*>();
    const int wide = edit->height();
    view.resize(1400, 640);  // as many lines as it needs, up to four
    QVERIFY(edit->height() <= wide);
    QVERIFY(edit->height() > QFontMetrics(edit->font()).lineSpacing() * 2);
    auto silent = sample();
    silent.text.clear();
    view.setSample(silent);
    QVERIFY(view.text().isEmpty());
    view.clear();
    view.setShares({});
    view.setShown(ModalitySet(kText));  // of an empty view nothing is asked
  }
};

WINDOW_TEST(SampleViewTest)
#include "sample_view_test.moc"
