#include "core/metrics/sample_scores.h"

#include <QTest>
#include <cmath>

#include "tests/test_program.h"

using namespace modascope;

namespace {

bool near(double a, double b) {
  return std::abs(a - b) < 1e-6;
}

}  // namespace

class SampleScoresTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void accuracyAndF1OfAHandMadeCase() {
    const std::vector<std::int64_t> truth{0, 0, 1, 1, 1, 2}, predicted{0, 1, 1, 1, 0, 0};
    const auto scores = classificationScores(predicted, truth, 3);
    QVERIFY(near(scores[0], 3.0 / 6));
    // F1: class 0 2·1/(3 + 2), class 1 2·2/(3 + 3), class 2 0.
    QVERIFY(near(scores[1], (0.4 + 2.0 / 3 + 0) / 3));
  }

  void aClassThatIsNowhereDoesNotCount() {
    const std::vector<std::int64_t> both{0, 1, 1};
    QVERIFY(near(classificationScores(both, both, 5)[1], 1));
  }

  void correlationAndErrorOfAHandMadeCase() {
    const std::vector<float> truth{1, 2, 3}, predicted{2, 4, 9};
    const auto scores = regressionScores(predicted, truth, false);
    QCOMPARE(scores.size(), regressionColumns(false).size());
    QVERIFY(near(scores[0], 7 / std::sqrt(2.0 * 26)));
    QVERIFY(near(scores[1], (1 + 2 + 6) / 3.0));
  }

  void theCorrelationWithSomethingConstantIsNotDefined() {
    using Numbers = std::vector<float>;
    const auto correlation = [](const Numbers& predicted, const Numbers& truth) {
      return regressionScores(predicted, truth, false)[0];
    };
    QVERIFY(std::isnan(correlation({1, 1, 1}, {1, 2, 3})));
    QVERIFY(std::isnan(correlation({1, 2, 3}, {2, 2, 2})));
    QVERIFY(std::isnan(correlation({1}, {1})));
    QVERIFY(std::isnan(correlation({}, {})));
    const float next = std::nextafter(0.1F, 1.0F);  // apart by rounding alone
    QVERIFY(std::isnan(correlation({0.1F, next, 0.1F}, {1, 2, 3})));
    QVERIFY(near(correlation({0.1F, 0.101F}, {1, 2}), 1));  // of two samples it is defined
  }

  void whatNoSampleDecidesIsNotDefined() {
    for (const double score : classificationScores({}, {}, 3)) QVERIFY(std::isnan(score));
    for (const double score : regressionScores({}, {}, true)) QVERIFY(std::isnan(score));
    // Of two neutral samples nothing is left of those that are negative or positive.
    const std::vector<float> neutral{0, 0}, said{1, -1};
    const auto scores = regressionScores(said, neutral, true);
    QVERIFY(near(scores[1], 1));    // mae
    QVERIFY(near(scores[2], 0.5));  // acc2: not negative, negative
    QVERIFY(std::isnan(scores[4]) && std::isnan(scores[5]));
    PixelCounts nothing(2);
    nothing.add(std::vector<std::uint8_t>{0, 1}, std::vector<std::uint8_t>{255, 255});
    for (const double score : nothing.scores()) QVERIFY(std::isnan(score));
  }

  void bothConventionsOfTwoClasses() {
    // Labels −1, 0, 1, 2; signs predicted −, −, +, −.
    const std::vector<float> truth{-1, 0, 1, 2}, predicted{-2, -0.4F, 0.6F, -0.6F};
    const auto scores = regressionScores(predicted, truth, true);
    QCOMPARE(scores.size(), regressionColumns(true).size());
    QVERIFY(near(scores[2], 2.0 / 4));  // of all, 0 is not negative
    QVERIFY(near(scores[4], 2.0 / 3));  // without the 0
    // Weighted F1 of all: negative 2·1/(3 + 1), weight 1; not negative 2·1/(1 + 3), weight 3.
    QVERIFY(near(scores[3], 0.5));
    // Rounded: −2 0 1 −1 against −1 0 1 2.
    QVERIFY(near(scores[6], 2.0 / 4));
  }

  void sevenClassesAreCutAtThree() {
    const std::vector<float> truth{3, -3}, predicted{7.2F, -3.4F};
    QVERIFY(near(regressionScores(predicted, truth, true)[6], 1));
  }

  void intersectionOverUnionOfAHandMadePicture() {
    PixelCounts counts(2);
    counts.add(std::vector<std::uint8_t>{0, 0, 1, 1, 1},
               std::vector<std::uint8_t>{0, 1, 1, 1, PixelCounts::kUnknown});
    const auto scores = counts.scores();
    QCOMPARE(PixelCounts::columns({"road", "hole"}),
             (std::vector<std::string>{"miou", "pixel_accuracy", "iou_road", "iou_hole"}));
    QVERIFY(near(scores[2], 1.0 / 2));
    QVERIFY(near(scores[3], 2.0 / 3));
    QVERIFY(near(scores[0], (0.5 + 2.0 / 3) / 2));
    QVERIFY(near(scores[1], 3.0 / 4));
  }

  void aClassWithoutPixelsHasNoScoreAndDoesNotCount() {
    PixelCounts counts(3);
    counts.add(std::vector<std::uint8_t>{0, 1}, std::vector<std::uint8_t>{0, 1});
    QVERIFY(std::isnan(counts.scores()[4]));
    QVERIFY(near(counts.scores()[0], 1));
  }
};

GUILESS_TEST(SampleScoresTest)
#include "sample_scores_test.moc"
