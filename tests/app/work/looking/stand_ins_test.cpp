#include "app/work/looking/stand_ins.h"

#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include "app/work/training/training.h"
#include "core/config/config_keys.h"
#include "core/phantom/phantom.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

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
    data_ = openCohortData(file, run_->manifest);
  }

  void aCorruptedModalityCostsWhatTheNetworkLeansOnIt() {
    const auto table = scoreCorrupted(*run_, *data_, data_->labelled("test"), Seed{1});
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
    const auto cases = data_->labelled("test");
    QVERIFY(scoreCorrupted(*run_, *data_, cases, Seed{1})->scores ==
            scoreCorrupted(*run_, *data_, cases, Seed{1})->scores);
  }

  void volumesAreCorruptedToo() {
    const std::filesystem::path cohort = folder_.filePath("volumes").toStdString();
    PhantomOptions options;
    options.cases = 3;
    options.size = 24;
    options.spacing = 6;
    writePhantomCohort(options, cohort);
    TrainingRequest request{cohort, folder_.filePath("runs").toStdString(), {}};
    request.config.train.crop = 16;
    request.config.train.steps = 10;
    request.config.model.kind = "early-fusion";
    request.config.model.width = 0.25;
    const TrainedRun run = openTrainedRun(startTraining(request, {}).run);
    const CohortData data = openCohortData(cohort, run.manifest);
    const auto table = scoreCorrupted(run, data, data.labelled("train"), Seed{1});
    QCOMPARE(table->cases, static_cast<int>(data.labelled("train").size()));
    QCOMPARE(table->scores.size(), std::size_t{4});
    QVERIFY(table->intact > 0);
    const auto& scores = table->scores;
    QVERIFY(std::any_of(scores.begin(), scores.end(), [&](const auto& row) {
      return row[static_cast<std::size_t>(Corruption::Noise)] != table->intact;
    }));
  }

  void aStrangerIsAnotherCaseThatHasAsMuch() {
    const auto& cases = data_->cohort.cases;
    int lacking = 0;
    for (const CaseInfo& info : cases) {
      const CaseInfo& other = stranger(data_->cohort, info);
      QVERIFY(other.id != info.id);
      QVERIFY(other.available()->contains(*info.available()));
      lacking += info.available() != run_->manifest.problem.schema.all();
    }
    QVERIFY(lacking > 0);
    Cohort alone = data_->cohort;
    alone.cases.resize(1);
    QCOMPARE(stranger(alone, alone.cases.front()).id, alone.cases.front().id);
  }

  void onlyCasesThatHaveAllModalitiesCount() {
    QCOMPARE(scoreCorrupted(*run_, *data_, data_->labelled("train"), Seed{1})->cases, 81);
    const std::vector<CaseInfo> lacking{data_->labelled("train").front()};
    QVERIFY(contains(sentenceOf([&] { scoreCorrupted(*run_, *data_, lacking, Seed{1}); }),
                     "None of the data has all modalities"));
  }

 private:
  QTemporaryDir folder_;
  std::optional<TrainedRun> run_;
  std::optional<CohortData> data_;
};

GUILESS_TEST(CorruptionTest)
#include "stand_ins_test.moc"
