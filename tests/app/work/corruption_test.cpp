#include "app/work/corruption.h"

#include <QTemporaryDir>
#include <QTest>

#include "app/work/training.h"
#include "core/config/config_keys.h"
#include "tests/core/base/thrown.h"
#include "tests/core/featurefile/made_up_features.h"

using namespace modascope;

/// A modality that is there but wrong.
class CorruptionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    const std::string file = folder_.filePath("made_up.h5").toStdString();
    writeMadeUpFeatures(file);
    TrainingRequest request{file, folder_.filePath("runs").toStdString(),
                            standardFor(Task::Classification)};
    request.config.model.embedding = 16;
    request.config.train.steps = 60;
    run_ = openTrainedRun(startTraining(request, {}).run);
    data_ = openCohortData(file, run_.manifest);
  }

  void aCorruptedModalityCostsWhatTheNetworkLeansOnIt() {
    const auto table = scoreCorrupted(run_, data_, data_.labelled("test"), 1);
    QCOMPARE(table->cases, 33);
    QCOMPARE(table->scores.size(), std::size_t{3});
    QVERIFY(table->intact > 0.8);
    const auto at = [&](std::size_t m, Corruption how) {
      return table->scores[m][static_cast<std::size_t>(how)];
    };
    for (std::size_t m = 0; m < 3; ++m) {
      // What tells nothing must not help; another sample's signal misleads.
      QVERIFY(at(m, Corruption::Noise) <= table->intact);
      QVERIFY(at(m, Corruption::Shuffled) <= at(m, Corruption::Absent));
    }
  }

  void theSameSeedGivesTheSameScores() {
    const auto cases = data_.labelled("test");
    QVERIFY(scoreCorrupted(run_, data_, cases, 1)->scores ==
            scoreCorrupted(run_, data_, cases, 1)->scores);
  }

  void onlyCasesThatHaveAllModalitiesCount() {
    QCOMPARE(scoreCorrupted(run_, data_, data_.labelled("train"), 1)->cases, 81);
    const std::vector<CaseInfo> lacking{data_.labelled("train").front()};
    QVERIFY(contains(sentenceOf([&] { scoreCorrupted(run_, data_, lacking, 1); }),
                     "No case has all modalities"));
  }

 private:
  QTemporaryDir folder_;
  TrainedRun run_;
  CohortData data_;
};

QTEST_GUILESS_MAIN(CorruptionTest)
#include "corruption_test.moc"
