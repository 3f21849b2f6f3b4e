#include "widgets/samples/prediction_view.h"

#include <QtTest>

#include "tests/test_program.h"
#include "widgets/bridge/palette.h"
#include "widgets/bridge/subset_dots.h"

using namespace modascope;

namespace {

const ModalitySchema kSchema({{"text", "Text"}, {"audio", "Audio"}});
const ModalitySet kBoth = ModalitySet::firstOf(2);
const ModalitySet kText{ModalityId(0)}, kAudio{ModalityId(1)};

std::shared_ptr<const SubsetOutputs> outputsOf(
    const Problem& problem, std::vector<std::pair<ModalitySet, std::vector<double>>> each) {
  return std::make_shared<const SubsetOutputs>(SubsetOutputs{problem, kBoth, std::move(each)});
}

Problem sentiment() {
  return {Task::Regression, kSchema, InputLayout({{1, 1}, {1, 1}}), {"sentiment"}};
}

Problem digits() {
  Problem problem{Task::Classification, kSchema, InputLayout({{1, 1}, {1, 1}}), {}};
  for (int k = 0; k < 10; ++k) problem.outputs.push_back(std::to_string(k));
  return problem;
}

}  // namespace

class PredictionViewTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theNumberOfTheSubsetOnShowLiesOnTheAxis() {
    PredictionView view;
    view.resize(600, 120);
    view.setTruth(sentiment(), {2, -3, 3});
    view.setOutputs(outputsOf(sentiment(), {{kBoth, {1.5}}, {kText, {-2.0}}}));
    view.setShown(kBoth);
    QCOMPARE(view.words(), "1.50 (positive), truly 2.00 (positive)");
    const auto accentAt = [&](double value) {
      const QImage image = view.grab().toImage();
      const QColor accent = plotTheme(view.palette()).accent;
      const int x = qRound(view.placeOf(value));
      for (int y = 0; y < image.height(); ++y)
        if (image.pixelColor(x + 2, y) == accent) return true;
      return false;
    };
    QVERIFY(accentAt(1.5) && !accentAt(-2));
    view.setShown(kText);
    QCOMPARE(view.words(), QString("−2.00 (negative), truly 2.00 (positive)"));
    QVERIFY(accentAt(-2) && !accentAt(1.5));
    QCOMPARE(view.placeOf(0), 300.0);
    QCOMPARE(view.placeOf(9), view.placeOf(3));  // no place beyond the end
  }

  void theLikeliestClassesHaveBarsAndTheTrueOneIsAmongThem() {
    PredictionView view;
    view.resize(400, 120);
    view.setTruth(digits(), {9, 0, 9});
    view.setOutputs(
        outputsOf(digits(), {{kBoth, {0.1, 0.3, 0.02, 0.2, 0.15, 0.12, 0.03, 0.04, 0.03, 0.01}}}));
    view.setShown(kBoth);
    QCOMPARE(view.classes(), (std::vector<std::size_t>{1, 3, 4, 5, 9}));
    QCOMPARE(view.words(), "1 with 30 %, truly 9");
    view.resize(view.sizeHint());  // all have room
    QCOMPARE(view.classes(), (std::vector<std::size_t>{1, 3, 4, 5, 0, 7, 6, 8, 2, 9}));
    QVERIFY(view.minimumSizeHint().height() < view.sizeHint().height());
  }

  void whatEachSubsetSaysStandsAboveTheAxisAndCanBeChosen() {
    PredictionView view;
    view.setTruth(sentiment(), {2, -3, 3});
    view.setOutputs(outputsOf(sentiment(), {{kBoth, {1.5}}, {kText, {1.52}}, {kAudio, {-2.0}}}));
    view.resize(600, view.sizeHint().height());
    view.setShown(kBoth);
    const auto marks = view.marks();
    QCOMPARE(marks.size(), std::size_t{3});
    QCOMPARE(marks[0].set, kAudio);
    QVERIFY(std::abs(marks[0].place.center().x() - view.placeOf(-2)) < 1e-9);
    QCOMPARE(marks[1].set, kBoth);
    QCOMPARE(marks[2].set, kText);  // beside it there is no room
    QCOMPARE(marks[2].place.bottom(), marks[1].place.top());
    QCOMPARE(marks[1].place.bottom(), marks[0].place.bottom());
    std::vector<ModalitySet> chosen;
    connect(&view, &PredictionView::chosen, this, [&](ModalitySet set) { chosen.push_back(set); });
    QTest::mouseClick(&view, Qt::LeftButton, {}, marks[2].place.center().toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, {5, 5});
    QCOMPARE(chosen.size(), std::size_t{1});
    QCOMPARE(chosen.front(), kText);
    const QImage image = view.grab().toImage();
    const auto dot = [&](const StackedSubset& mark, int modality) {
      const double pitch = subsetWidth(kSubsetDot, kSchema) / 2;
      return image.pixelColor(
          (mark.place.center() + QPointF((modality - 0.5) * pitch, 0)).toPoint());
    };
    QCOMPARE(dot(marks[0], 1), modalityColour(ModalityId(1)));
    QVERIFY(dot(marks[0], 0) != modalityColour(ModalityId(0)));
    view.resize(600, view.minimumSizeHint().height());
    QVERIFY(view.marks().size() < 3);  // where there is no room only ticks
  }

  void withoutAPredictionTheTruthStands() {
    PredictionView view;
    QVERIFY(view.words().isEmpty());
    view.setTruth(digits(), {4, 0, 9});
    QCOMPARE(view.words(), "No prediction; truly 4");
    QVERIFY(view.classes().empty());
  }
};

WINDOW_TEST(PredictionViewTest)
#include "prediction_view_test.moc"
