#include "widgets/tables/next_scan_words.h"

#include <QtTest>

#include "tests/test_program.h"
#include "tests/widgets/tables/some_scores.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

/// Of RGB and depth, of which both give `both`; without the one and the other `rgb` and `depth`.
QString wordsAbout(double both, double rgb, double depth) {
  SubsetTable pixels{
      ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}}), {"miou", "pixel_accuracy"}, {}};
  pixels.task = Task::Segmentation2d;
  pixels.rows = {{pixels.schema.all(), {both, 0.9}, 1},
                 {ModalitySet(ModalityId(0)), {rgb, 0.9}, 1},
                 {ModalitySet(ModalityId(1)), {depth, 0.9}, 1}};
  return nextScanWords(pixels, pixels.schema.all());
}

}  // namespace

class NextScanWordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatCostsNothingIsNotCalledALoss() {
    QCOMPARE(wordsAbout(0.5, 0.45, 0.3), u"Without RGB it would lose most: mIoU −0.20."_qs);
    const auto nothing = u"Leaving out any one of the modalities shown costs nothing."_qs;
    QCOMPARE(wordsAbout(0.492, 0.492, 0.492), nothing);
    QCOMPARE(wordsAbout(0.492, 0.488, 0.496), nothing);  // less than is shown
    QCOMPARE(wordsAbout(0.492, 0.5, 0.592),
             nothing + u" Without RGB it would even gain: mIoU +0.10."_qs);
  }

  void aRegionThatDoesNotChangeHasNoSign() {
    SubsetTable volumes = someScores();
    volumes.rows[2].scores = {0.897, 0.2};  // FLAIR alone
    volumes.rows[1].scores = {0.903, 0.5};  // T1 alone
    QCOMPARE(nextScanWords(volumes, kBoth),
             u"Without T1 it would lose most: WT 0.00, ET −0.30."_qs);
    QCOMPARE(nextScanWords(volumes, kT1), u"None of the scans left out would help."_qs);
    QCOMPARE(nextScanWords(volumes, kFlair),
             u"Of the scans left out T1 would help most: WT 0.00, ET +0.30."_qs);
  }

  void withoutATruthNothingIsSaidToHelp() {
    SubsetTable agreement = someScores();
    agreement.reference = Reference::AllModalities;
    QCOMPARE(
        nextScanWords(agreement, kT1),
        u"With FLAIR it would come nearest to the prediction from all: WT +0.60, ET +0.30."_qs);
    QCOMPARE(nextScanWords(agreement, kBoth),
             u"Without FLAIR it would change most: WT −0.60, ET −0.30."_qs);
  }

  void anEmptyRegionGivesNoAdvice() {
    SubsetTable some = someScores();
    some.referenceMl = {20, 0};
    QCOMPARE(nextScanWords(some, kT1),
             u"Of the scans left out FLAIR would help most: WT +0.60."_qs);
    some.referenceMl = {0, 0};
    QVERIFY(nextScanWords(some, kT1).isEmpty());
  }
};

APPLESS_TEST(NextScanWordsTest)
#include "next_scan_words_test.moc"
