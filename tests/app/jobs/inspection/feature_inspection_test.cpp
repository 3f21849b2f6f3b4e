#include "app/jobs/inspection/feature_inspection.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <numeric>

#include "app/jobs/inspection/inspection_job.h"
#include "app/work/training/training.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/jobs/inspection/hear.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class FeatureInspectionTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path root_, data_, run_;
  std::shared_ptr<const Cohort> cohort_;

  const CaseInfo& sample(const char* id) const { return *cohort_->find(id); }

 private Q_SLOTS:
  void initTestCase() {
    root_ = folder_.path().toStdString();
    data_ = writeSentiment(root_ / "tiny.h5");
    run_ = startTraining({data_, root_ / "runs", tinyFeatureConfig(4)}, {}).run;
    cohort_ = std::make_shared<const Cohort>(openCohort(data_));
  }

  void aSampleIsShownWithoutARun() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    std::shared_ptr<const LoadedSample> loaded;
    hear<LoadedSample>(job, &InspectionJob::caseLoaded,
                       [&](const auto& sample) { loaded = sample; });
    job.setCase(cohort_, sample("train/000000"));
    QTRY_VERIFY_WITH_TIMEOUT(loaded, 60000);
    QCOMPARE(loaded->look.truth, -1.5);
    QCOMPARE(loaded->look.text, "SAID 0");
    QCOMPARE(loaded->look.available.size(), std::size_t{3});
    QCOMPARE(loaded->look.values[1].size(), std::size_t{6});
    QCOMPARE(loaded->labels.least, -1.5);
    QCOMPARE(loaded->labels.most, 2.5);
    QVERIFY(std::abs(loaded->labels.mean[0] - 0.375) <
            1e-9);  // (6 · −1.5 + 5 · 0.5 + 5 · 2.5) / 16
  }

  /// Whose reader would be ended only after it had worked for five seconds.
  void anotherSampleIsNotKeptWaitingByDataWithoutAnEnd() {
    const auto endless = writeSentiment(root_ / "endless.h5");
    makeEndless(endless);
    const auto other = std::make_shared<Cohort>(*cohort_);
    other->folder = endless;
    InspectionJob job(std::make_unique<FeatureInspection>());
    QSignalSpy failed(&job, &InspectionJob::failed);
    QSignalSpy loaded(&job, &InspectionJob::caseLoaded);
    job.setCase(other, sample("train/000000"));
    QTest::qWait(300);
    QElapsedTimer since;
    since.start();
    job.ask(std::make_shared<SplitQuestion>("valid"));  // of the same data: reading begins again
    job.setCase(cohort_, sample("train/000000"));
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, 60000);
    QVERIFY2(since.elapsed() < 4000, qPrintable(QString::number(since.elapsed())));
    QVERIFY(failed.isEmpty());
  }

  void allSubsetsAreAnsweredAtOnceAndSharedOut() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    std::shared_ptr<const SampleAnswer> answer;
    hear<SampleAnswer>(job, &InspectionJob::answered, [&](const auto& said) { answer = said; });
    job.setCase(cohort_, sample("valid/000000"));
    job.setRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(answer, 60000);
    QCOMPARE(answer->id, "valid/000000");
    QCOMPARE(answer->outputs.each.size(), std::size_t{7});
    const auto& found = answer->contributions;
    const double sum = std::accumulate(found.values.begin(), found.values.end(), 0.0);
    QVERIFY(std::abs(sum - (found.all - 0.375)) < 1e-6);
    QCOMPARE(found.all, answer->outputs.of(answer->outputs.available)->front());
  }

  void whatASampleLacksIsInNoSubset() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    std::shared_ptr<const SampleAnswer> answer;
    hear<SampleAnswer>(job, &InspectionJob::answered, [&](const auto& said) { answer = said; });
    job.setRun(run_);
    job.setCase(cohort_, sample("valid/000001"));
    QTRY_VERIFY_WITH_TIMEOUT(answer, 60000);
    QCOMPARE(answer->outputs.each.size(), std::size_t{3});
    QVERIFY(!answer->outputs.available.contains(ModalityId(2)));
    QCOMPARE(answer->contributions.values.size(), std::size_t{2});
  }

  void aSplitsScoresAreThoseOfEvaluate() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    std::optional<SplitScores> scores;
    hear<RepliedScores>(job, &InspectionJob::replied,
                        [&](const auto& told) { scores = told->scores; });
    job.setCase(cohort_, sample("valid/000000"));
    job.setRun(run_);
    job.ask(std::make_shared<SplitQuestion>("valid"));
    QTRY_VERIFY_WITH_TIMEOUT(scores, 60000);
    const TrainedRun run = openTrainedRun(run_);
    const CohortData data = openCohortData(data_, run.manifest);
    const auto table = run.predictor->evaluate(*data.source, data.labelled("valid"));
    QCOMPARE(scores->split, "valid");
    const auto defined = [](std::vector<double> all) {  // NaN equals nothing
      std::vector<std::optional<double>> known;
      for (const double score : all)
        known.push_back(std::isnan(score) ? std::nullopt : std::optional(score));
      return known;
    };
    for (std::size_t row = 0; row < table->rows.size(); ++row)
      QVERIFY(defined(scores->table.rows[row].scores) == defined(table->rows[row].scores));
    QCOMPARE(table->rows.front().cases, 2);  // have all three
  }

  void aSplitWithSpeakersThatWereTrainedOnIsRefused() {
    RunConfig config = tinyFeatureConfig(2);
    config.data.patient = R"(\w+/(\d+))";  // train/000003 and valid/000003 are one speaker's
    const auto shared = startTraining({data_, root_ / "runs", config}, {}).run;
    InspectionJob job(std::make_unique<FeatureInspection>());
    QSignalSpy failed(&job, &InspectionJob::failed);
    std::optional<SplitScores> scores;
    hear<RepliedScores>(job, &InspectionJob::replied,
                        [&](const auto& told) { scores = told->scores; });
    job.setCase(cohort_, sample("valid/000000"));
    job.setRun(shared);
    job.ask(std::make_shared<SplitQuestion>("valid"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    const QString sentence = failed.front().front().toString();
    QVERIFY2(sentence.startsWith("8 of the 8 samples of the split \"valid\" are of speakers") &&
                 sentence.endsWith("choose a split that was held out, or a sample by itself."),
             qPrintable(sentence));
    QVERIFY(!scores);
    job.ask(std::make_shared<SplitQuestion>("train"));  // who asks for it knows
    QTRY_VERIFY_WITH_TIMEOUT(scores, 60000);
    QCOMPARE(scores->split, "train");
  }

  void aSplitIsScoredWithWhatStandsInForTheRest() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    std::optional<SplitScores> scores;
    hear<RepliedScores>(job, &InspectionJob::replied,
                        [&](const auto& told) { scores = told->scores; });
    const auto scored = [&](Corruption how) {
      scores.reset();
      job.setCorruption(how);
      return QTest::qWaitFor([&] { return scores && scores->corruption == how; }, 60000);
    };
    job.setCase(cohort_, sample("valid/000000"));
    job.setRun(run_);
    job.ask(std::make_shared<SplitQuestion>("valid"));
    QVERIFY(scored(Corruption::Absent));
    const SubsetTable absent = scores->table;
    for (const Corruption how : {Corruption::Noise, Corruption::Constant, Corruption::Shuffled}) {
      QVERIFY(scored(how));
      for (std::size_t row = 0; row < absent.rows.size(); ++row) {
        QCOMPARE(scores->table.rows[row].set, absent.rows[row].set);
        QCOMPARE(scores->table.rows[row].cases, 2);  // have all three
      }
      const double all = scores->table.rows.front().scores[1];  // nothing is replaced
      QVERIFY(std::abs(all - absent.rows.front().scores[1]) < 1e-5);
      QVERIFY(scores->table.rows[2].scores != absent.rows[2].scores);  // text and vision
    }
    QVERIFY(scored(Corruption::Absent));
    QCOMPARE(scores->table.rows[2].scores, absent.rows[2].scores);
  }

  void whatStandsInIsTold() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    std::shared_ptr<const SampleAnswer> answer;
    hear<SampleAnswer>(job, &InspectionJob::answered, [&](const auto& said) { answer = said; });
    std::shared_ptr<const LoadedSample> loaded;
    hear<LoadedSample>(job, &InspectionJob::caseLoaded,
                       [&](const auto& sample) { loaded = sample; });
    job.setRun(run_);
    job.setCase(cohort_, sample("valid/000003"));
    QTRY_VERIFY_WITH_TIMEOUT(loaded && answer, 60000);
    const auto next = loaded->look.values;
    QVERIFY(answer->standIns.empty());
    answer.reset();
    job.setCorruption(Corruption::Shuffled);
    job.setCase(cohort_, sample("valid/000002"));  // the next that has as many is 000003
    QTRY_VERIFY_WITH_TIMEOUT(answer && answer->id == "valid/000002", 60000);
    QCOMPARE(answer->standIns, next);
    answer.reset();
    job.setCorruption(Corruption::Constant);
    QTRY_VERIFY_WITH_TIMEOUT(answer, 60000);
    QCOMPARE(answer->standIns[0], (std::vector<float>{1, 1}));  // one deviation above the mean
  }

  void aPageThatWasEmptiedIsAnsweredAgain() {
    FeatureInspection inspection;
    inspection.openRun(run_, std::nullopt);
    inspection.load(cohort_, sample("valid/000000"), {});
    InspectionRequest request = requestFor(cohort_, sample("valid/000000"));
    Told told;
    inspection.answer(request, {}, told);
    inspection.answer(request, {}, told);
    QCOMPARE(told.answers, 1);
    emptyPage(request);
    inspection.answer(request, {}, told);
    QCOMPARE(told.answers, 2);
  }

  /// The numbers of another file that lies in the place of the first one.
  void dataThatAreOpenedAgainAreReadAgain() {
    const auto file = writeSentiment(root_ / "changed.h5");
    FeatureInspection inspection;
    const auto textOf = [&](const std::shared_ptr<const Cohort>& cohort) {
      const auto loaded = inspection.load(cohort, *cohort->find("train/000000"), {});
      return std::static_pointer_cast<const LoadedSample>(loaded)->look.text;
    };
    const auto open = [&] { return std::make_shared<const Cohort>(openCohort(file)); };
    QCOMPARE(textOf(open()), "SAID 0");
    std::filesystem::remove(file);
    writeSentiment(file, "WROTE ");
    QCOMPARE(textOf(open()), "WROTE 0");
  }

  void aRunThatCannotBeOpenedIsSaidAndTheSampleStays() {
    InspectionJob job(std::make_unique<FeatureInspection>());
    QSignalSpy failed(&job, &InspectionJob::failed);
    QSignalSpy loaded(&job, &InspectionJob::caseLoaded);
    job.setCase(cohort_, sample("valid/000000"));
    job.setRun(root_ / "nowhere");
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QVERIFY(failed.front().front().toString().contains("nowhere"));
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60000);
  }
};

GUILESS_TEST(FeatureInspectionTest)
#include "feature_inspection_test.moc"
