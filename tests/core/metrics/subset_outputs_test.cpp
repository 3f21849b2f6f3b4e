#include "core/metrics/subset_outputs.h"

#include <QTest>

#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySchema kSchema({{"text", "Text"}, {"audio", "Audio"}});
const ModalitySet kBoth = ModalitySet::firstOf(2);
const ModalitySet kText{ModalityId(0)}, kAudio{ModalityId(1)};

SubsetOutputs sentiment() {
  return {{Task::Regression, kSchema, {}, {"sentiment"}},
          kBoth,
          {{kBoth, {2.0}}, {kText, {3.0}}, {kAudio, {-1.0}}}};
}

SubsetOutputs digits() {
  return {{Task::Classification, kSchema, {}, {"zero", "one"}},
          kBoth,
          {{kBoth, {0.2, 0.8}}, {kText, {0.1, 0.9}}, {kAudio, {0.7, 0.3}}}};
}

}  // namespace

class SubsetOutputsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aNumberIsSharedOutByHand() {  // v(∅) = 0
    const Contributions found = contributionsTo(sentiment(), {0.0});
    QCOMPARE(found.values[0], 3.0);   // ((3 − 0) + (2 − −1)) / 2
    QCOMPARE(found.values[1], -1.0);  // ((−1 − 0) + (2 − 3)) / 2
    QCOMPARE(found.shares[0], 0.75);
  }

  void ofClassesItIsTheProbabilityOfTheOnePredicted() {
    const Contributions found = contributionsTo(digits(), {0.5, 0.5});
    QCOMPARE(found.all, 0.8);  // of class one, from both
    QCOMPARE(found.none, 0.5);
    QCOMPARE(found.values[0], 0.45);  // ((0.9 − 0.5) + (0.8 − 0.3)) / 2
  }

  void aRowSaysWhatASubsetPredictsAndHowFarOffThatIs() {
    const SubsetTable numbers = tableOfSample(sentiment(), 1.5);
    QCOMPARE(numbers.rows.size(), std::size_t{3});
    QCOMPARE(numbers.rows[2].scores, (std::vector<double>{-1.0, 2.5}));
    const SubsetTable classes = tableOfSample(digits(), 1);
    QCOMPARE(classes.rows[0].scores, (std::vector<double>{1, 0.8, 0.8, 1}));
    QCOMPARE(classes.rows[2].scores, (std::vector<double>{0, 0.7, 0.3, 0}));
  }
};

APPLESS_TEST(SubsetOutputsTest)
#include "subset_outputs_test.moc"
