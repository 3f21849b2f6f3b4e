#include "core/featurefile/standardisation.h"

#include <QTest>
#include <cmath>
#include <limits>

#include "tests/test_program.h"

using namespace modascope;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
using Floats = std::vector<float>;

Problem problemOf(std::vector<InputShape> shapes) {
  std::vector<Modality> modalities;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const std::string number = std::to_string(i);
    modalities.push_back({number, number});
  }
  return {Task::Regression, ModalitySchema(modalities), InputLayout(std::move(shapes)), {"value"}};
}

FeatureArrays arraysOf(std::vector<Floats> modalities, std::vector<std::uint8_t> available) {
  const std::size_t count = available.size();
  return {std::move(modalities),
          Floats(count),
          std::move(available),
          std::vector<std::string>(count),
          {},
          {}};
}

}  // namespace

class StandardisationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyNumberHasItsMeanAndDeviationOverSamplesAndSteps() {
    // Two samples of two steps of two numbers: 1, 3, 5, 7 and 10, 10, 10, 10.
    const auto train = arraysOf({{1, 10, 3, 10, 5, 10, 7, 10}}, {1, 1});
    const auto fitted = Standardisation::fit(train, problemOf({{2, 2}}));
    QCOMPARE(fitted.means(ModalityId(0)), (Floats{4, 10}));
    QCOMPARE(fitted.deviations(ModalityId(0)), (Floats{std::sqrt(5.0f), 0}));
    auto other = arraysOf({{4, 11, 4 + std::sqrt(5.0f), 10}}, {1});
    fitted.apply(other);
    QCOMPARE(other.modalities[0][2], 1.0f);  // but for rounding
    other.modalities[0][2] = 0;
    QCOMPARE(other.modalities[0], Floats(4, 0));
  }

  void whatIsAbsentOrNotFiniteCountsForNothingAndBecomesTheMean() {
    const Problem problem = problemOf({{1, 1}, {1, 1}});
    auto train = arraysOf({{1, 3, 1000, kNan}, {2, -kInfinity, 4, 6}}, {3, 3, 2, 3});
    const auto fitted = Standardisation::fit(train, problem);
    QCOMPARE(fitted.means(ModalityId(0)), (Floats{2}));
    QCOMPARE(fitted.deviations(ModalityId(0)), (Floats{1}));
    QCOMPARE(fitted.means(ModalityId(1)), (Floats{4}));
    fitted.apply(train);
    QCOMPARE(train.modalities[0], (Floats{-1, 1, 0, 0}));
    QCOMPARE(train.modalities[1][1], 0.0f);
  }

  void aConstantNumberBecomesZeroHoweverItIsRounded() {
    auto train = arraysOf({Floats(1000, 0.1f)}, std::vector<std::uint8_t>(1000, 1));
    Standardisation::fit(train, problemOf({{1, 1}})).apply(train);
    QCOMPARE(train.modalities[0], Floats(1000, 0));
  }

  void aModalityThatNobodyHasBecomesZero() {
    auto train = arraysOf({{5, 6}, {1, 2}}, {2, 2});
    Standardisation::fit(train, problemOf({{1, 1}, {1, 1}})).apply(train);
    QCOMPARE(train.modalities[0], (Floats{0, 0}));
    QCOMPARE(train.modalities[1], (Floats{-1, 1}));
  }

  void whatWasStoredIsTheSame() {
    const auto train = arraysOf({{1, 2}, {3, 5}}, {3, 3});
    const auto fitted = Standardisation::fit(train, problemOf({{1, 1}, {1, 1}}));
    const Standardisation again(
        {fitted.means(ModalityId(0)), fitted.means(ModalityId(1))},
        {fitted.deviations(ModalityId(0)), fitted.deviations(ModalityId(1))});
    QVERIFY(again == fitted);
  }

  void numbersThatAreNotFiniteAreNoted() {
    const Problem problem = problemOf({{1, 1}, {1, 1}});
    const auto arrays = arraysOf({{kNan, 0, kNan}, {1, kInfinity, -kInfinity}}, {2, 3, 3});
    QCOMPARE(nonFiniteCounts(arrays), (std::vector<std::size_t>{1, 2}));
    QCOMPARE(nonFiniteNotes(arrays, problem.schema, "train"),
             (std::vector<std::string>{
                 "0 has 1 value that is not finite in train; it is taken for the mean.",
                 "1 has 2 values that are not finite in train; they are taken for the mean."}));
  }
};

APPLESS_TEST(StandardisationTest)
#include "standardisation_test.moc"
