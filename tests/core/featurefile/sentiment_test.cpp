#include "core/featurefile/sentiment.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <vector>

#include "core/featurefile/feature_file.h"
#include "tests/core/featurefile/feature_fixture.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Floats = std::vector<float>;
using Words = std::vector<std::string>;

}  // namespace

class SentimentTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir made_;

  /// A file whose training labels are these.
  FeatureFileInfo inspected(const Hdf5Writer::Shape& shape, const Floats& labels) {
    const fs::path file = fs::path(made_.path().toStdString()) / "f.h5";
    {
      Hdf5Writer writer(file);
      writeModalities(writer, "/train", shape[0]);
      writer.floats("/train/labels", shape, labels);
    }
    return inspectFeatures(file);
  }

 private Q_SLOTS:
  void ratingsFromMinusThreeToThreeAreSentiment() {
    const SentimentRange range = sentimentRange(Floats{-3, 0, std::nanf(""), 2.6667F, 3});
    QVERIFY(range.sentiment);
    QCOMPARE(range.note, std::string());
  }

  void roundingIsNotOutside() {
    const SentimentRange range = sentimentRange(Floats{-3.0000002F, 0, 3.0000002F});
    QVERIFY(range.sentiment);
    QCOMPARE(range.note, std::string());
  }

  void aFewOutsideAreSaid() {  // MOSEI's old release
    Floats labels(20, 1.5F);
    labels[0] = -2;
    labels[1] = 5;
    const SentimentRange range = sentimentRange(labels);
    QVERIFY(range.sentiment);
    QCOMPARE(range.note,
             std::string("1 of 20 labels lies outside -3 to 3 (they go from -2 to 5); the labels "
                         "are taken for sentiment, and Acc-7 counts those as -3 or 3."));
  }

  void aRangeALittleWiderIsSentiment() {
    QVERIFY(sentimentRange(Floats{-3.6F, -3.3F, 3.6F}).sentiment);
    QVERIFY(!sentimentRange(Floats{-3.6F, -3.3F, 3.7F}).sentiment);
  }

  void anotherRangeIsSaid() {
    const SentimentRange narrow = sentimentRange(Floats{-1, -0.2F, 0.8F});
    QVERIFY(!narrow.sentiment);
    QCOMPARE(narrow.note, std::string("The labels go from -1 to 0.8; scores of sentiment are not "
                                      "shown, they are for ratings from -3 to 3."));
    const SentimentRange wide = sentimentRange(Floats{-5, -4, 4, 5, 2});
    QVERIFY(!wide.sentiment);
    QCOMPARE(wide.note, std::string("4 of 5 labels lie outside -3 to 3 (they go from -5 to 5); "
                                    "scores of sentiment are not shown, they are for ratings from "
                                    "-3 to 3."));
    Floats far(100, 1.5F);
    far[0] = -2;
    far[1] = 7;
    QVERIFY(!sentimentRange(far).sentiment);
    QVERIFY(!sentimentRange({}).sentiment);
  }

  void aFileOfTextsIsJudgedByIt() {
    const FeatureFileInfo info = inspected({3}, {-3, 3.0000002F, 0});
    QCOMPARE(info.problem.outputs, (Words{"sentiment"}));
    QVERIFY(info.notes.empty());
  }

  void theFirstOfSevenColumnsIsUsed() {
    const Floats rows{-2, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0.5F, 0, 0, 0};
    const FeatureFileInfo info = inspected({2, 1, 7}, rows);
    QCOMPARE(info.problem.outputs, (Words{"sentiment"}));
    QCOMPARE(info.notes,
             (Words{"/train/labels has 7 columns, as MOSEI's sentiment and emotions; the "
                    "first one is used."}));
    QCOMPARE(readFeatures(info, "train").labels, (Floats{-2, 2}));
  }

  void aSampleWithoutAFiniteLabelIsKnown() {
    const FeatureFileInfo info = inspected({3}, {-3, std::nanf(""), 3});
    QCOMPARE(info.splits[0].unlabelled, (std::set<std::size_t>{1}));
    QCOMPARE(info.problem.outputs, (Words{"sentiment"}));
    QCOMPARE(info.notes,
             (Words{"1 of 3 samples of /train has no finite label; they are left out."}));
  }
};

APPLESS_TEST(SentimentTest)
#include "sentiment_test.moc"
