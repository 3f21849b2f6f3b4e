#include "app/jobs/inspection/volume_inspection.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "app/jobs/inspection/inspection_job.h"
#include "app/work/training/training.h"
#include "core/metrics/dice.h"
#include "core/problem/brats.h"
#include "tests/app/jobs/inspection/hear.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class VolumeInspectionTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path run_;
  std::shared_ptr<const Cohort> cohort_;

 private Q_SLOTS:
  void initTestCase() {
    const std::filesystem::path root = folder_.path().toStdString();
    const auto data = writeTinyCohort(root / "data");
    run_ = startTraining({data, root / "runs", tinyConfig(2)}, {}).run;
    cohort_ = std::make_shared<const Cohort>(openCohort(data));
  }

  void theFirstAnswerIsTheWholeCaseWithItsScores() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    std::shared_ptr<const Case> patient;
    std::shared_ptr<const Segmentation> result;
    std::optional<SubsetTable> table;
    hear<InspectedVolumes>(job, &InspectionJob::caseLoaded,
                           [&](const auto& loaded) { patient = loaded->patient; });
    hear<Segmentation>(job, &InspectionJob::answered, [&](const auto& answer) { result = answer; });
    connect(&job, &InspectionJob::scored, this, [&](const auto& scores) { table = scores; });
    QSignalSpy progress(&job, &InspectionJob::progress);
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(table.has_value(), 60000);
    QVERIFY(!progress.isEmpty());
    QCOMPARE(result->set, bratsModalities().all());
    QCOMPARE(table->rows.size(), std::size_t{15});
    QVERIFY(result->labels->grid.matches(patient->grid));
    for (const Region& region : bratsRegions()) {
      const std::size_t r = region.place;
      QCOMPARE((*result->dice)[r], dice(*result->labels, *patient->labels, region));
      QCOMPARE(result->ml[r], regionMl(*result->labels, region));
      QCOMPARE(table->rows.front().scores[r], (*result->dice)[r]);  // all modalities come first
    }
  }

  void aCaseIsShownWithoutARun() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    QSignalSpy loaded(&job, &InspectionJob::caseLoaded);
    QSignalSpy segmented(&job, &InspectionJob::answered);
    job.setCase(cohort_, cohort_->cases.front());
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, 60000);
    QCOMPARE(segmented.size(), 0);
  }

  void theNewestRequestWinsAndCarriesItsSet() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    std::vector<std::shared_ptr<const Segmentation>> answers;
    hear<Segmentation>(job, &InspectionJob::answered,
                       [&](const auto& answer) { answers.push_back(answer); });
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    std::uint64_t newest = 0;
    for (std::uint8_t bits = 1; bits < 16; ++bits) {
      newest = job.request(*ModalitySet::fromBits(bits));
    }
    newest = job.request(ModalitySet(ModalityId(2)));
    QTRY_COMPARE_WITH_TIMEOUT(answers.back()->number, newest, 60000);
    QCOMPARE(answers.back()->set, ModalitySet(ModalityId(2)));
    QVERIFY(answers.size() < 16);
    QTest::qWait(200);
    QCOMPARE(answers.back()->number, newest);  // nothing older comes after it
  }

  void hd95ComesAfterDice() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    std::vector<SubsetTable> tables;
    connect(&job, &InspectionJob::scored, this,
            [&](const auto& scores) { tables.push_back(scores); });
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(tables.size(), std::size_t{2}, 60000);
    QVERIFY(tables[0].meanHd95().empty());
    QCOMPARE(tables[1].meanHd95().size(), bratsRegions().size());
    QCOMPARE(tables[1].rows[3].scores, tables[0].rows[3].scores);
    QCOMPARE(tables[1].reference, Reference::Truth);
  }

  /// Dice, and then HD95 as well.
  void aPageThatWasEmptiedGetsItsTableAgain() {
    VolumeInspection inspection;
    inspection.openRun(run_, std::nullopt);
    inspection.load(cohort_, cohort_->cases.front(), {});
    InspectionRequest request = requestFor(cohort_, cohort_->cases.front());
    Told told;
    inspection.answer(request, {}, told);
    inspection.answer(request, {}, told);
    QCOMPARE(told.answers, 1);
    QCOMPARE(told.tables, 2);
    emptyPage(request);
    inspection.answer(request, {}, told);
    QCOMPARE(told.answers, 2);
    QCOMPARE(told.tables, 4);
  }

  void scoringGoesOnAfterWhatWasAskedMeanwhile() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    int tables = 0, answers = 0;
    connect(&job, &InspectionJob::answered, this, [&](const auto&) {
      if (++answers < 20) job.request(ModalitySet(ModalityId(std::size_t(answers % 4))));
    });
    connect(&job, &InspectionJob::scored, this, [&](const auto&) { ++tables; });
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(tables, 2, 60000);
  }

  void withoutATruthSubsetsAreComparedWithAllModalities() {
    namespace fs = std::filesystem;
    const fs::path bare = fs::path(folder_.path().toStdString()) / "bare";
    const fs::path from = cohort_->folder / cohort_->cases.front().id;
    fs::create_directories(bare);
    fs::copy(from, bare / from.filename(), fs::copy_options::recursive);
    for (const auto& file : fs::recursive_directory_iterator(bare))
      if (file.path().filename().string().find("seg") != std::string::npos) fs::remove(file);
    const auto bareCohort = std::make_shared<const Cohort>(openCohort(bare));
    InspectionJob job(std::make_unique<VolumeInspection>());
    std::optional<SubsetTable> table;
    std::shared_ptr<const Segmentation> result;
    connect(&job, &InspectionJob::scored, this, [&](const auto& scores) { table = scores; });
    hear<Segmentation>(job, &InspectionJob::answered, [&](const auto& answer) { result = answer; });
    job.setCase(bareCohort, bareCohort->cases.front());
    job.setRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(table && !table->meanHd95().empty(), 60000);
    QVERIFY(!result->dice);
    QCOMPARE(table->reference, Reference::AllModalities);
    QCOMPARE(table->rows.front().scores, std::vector<double>(bratsRegions().size(), 1.0));
  }

  void anExplanationLeavesThePictureAloneAndGivesWayToTheNextSet() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    int pictures = 0;
    std::vector<std::shared_ptr<const Explanation>> answers;
    connect(&job, &InspectionJob::answered, this, [&](const auto&) { ++pictures; });
    hear<Explanation>(job, &InspectionJob::replied,
                      [&](const auto& answer) { answers.push_back(answer); });
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(pictures, 1, 60000);
    job.ask(std::make_shared<AttributionQuestion>(bratsRegions()[0]));
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    QCOMPARE(pictures, 1);
    QCOMPARE(answers[0]->dominance.has_value(), !answers[0]->attribution.maps.empty());
    QCOMPARE(answers[0]->attribution.set, bratsModalities().all());
    job.ask(std::make_shared<AttributionQuestion>(bratsRegions()[0]));
    job.request(ModalitySet(ModalityId(2)));
    QTRY_COMPARE_WITH_TIMEOUT(pictures, 2, 60000);
    QTest::qWait(300);
    QCOMPARE(answers.size(), std::size_t{1});
  }

  void whatIsExplainedMayBeABallAndMayBeStopped() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    std::vector<std::shared_ptr<const Explanation>> answers;
    QSignalSpy segmented(&job, &InspectionJob::answered);
    QSignalSpy scored(&job, &InspectionJob::scored);
    hear<Explanation>(job, &InspectionJob::replied,
                      [&](const auto& answer) { answers.push_back(answer); });
    std::shared_ptr<const Case> patient;
    hear<InspectedVolumes>(job, &InspectionJob::caseLoaded,
                           [&](const auto& found) { patient = found->patient; });
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(segmented.size(), 1, 60000);
    const Ball ball{patient->grid.toWorld({16, 16, 16}), 12};
    job.ask(std::make_shared<AttributionQuestion>(bratsRegions()[0], "", ball));
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    QVERIFY(answers[0]->attribution.picked);
    const double ml = 4.0 / 3 * 3.14159265 * std::pow(1.2, 3);
    QVERIFY(std::abs(answers[0]->attribution.ml / ml - 1) < 0.3);
    QSignalSpy late(&job, &InspectionJob::replying);
    bool stopped = false;
    connect(&job, &InspectionJob::replying, &job, [&] {
      if (stopped) return;
      stopped = true;
      job.ask(nullptr);
      late.clear();
    });
    job.ask(std::make_shared<AttributionQuestion>(bratsRegions()[0], "", ball));
    QTRY_COMPARE_WITH_TIMEOUT(scored.size(), 2, 60000);
    QTest::qWait(500);
    QVERIFY(stopped);
    QVERIFY(late.isEmpty());
    QCOMPARE(answers.size(), std::size_t{1});
    QCOMPARE(segmented.size(), 1);
  }

  void aRunThatIsNotThereIsSaidInASentence() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    QSignalSpy failed(&job, &InspectionJob::failed);
    job.setCase(cohort_, cohort_->cases.front());
    job.setRun(run_ / "nothing");
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QVERIFY(failed.first().first().toString().contains("nothing"));
  }

  void aRunForOtherModalitiesIsSaidInASentence() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    QSignalSpy failed(&job, &InspectionJob::failed);
    QSignalSpy segmented(&job, &InspectionJob::answered);
    Cohort others = *cohort_;
    others.problem.schema = ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}});
    job.setCase(std::make_shared<const Cohort>(others), others.cases.front());
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QCOMPARE(failed.first().first().toString(),
             QString("The network was made for T1, T1ce, T2, FLAIR, the data has RGB, Depth: "
                     "choose a run that was trained with these modalities."));
    QCOMPARE(segmented.size(), 0);
  }

  void whatBelongsToAnotherCaseIsNotTold() {
    InspectionJob job(std::make_unique<VolumeInspection>());
    std::vector<std::string> loaded;
    hear<InspectedVolumes>(job, &InspectionJob::caseLoaded,
                           [&](const auto& found) { loaded.push_back(found->patient->id); });
    job.setCase(cohort_, cohort_->cases[0]);
    QTest::qSleep(200);  // its answer now waits for this thread
    job.setCase(cohort_, cohort_->cases[1]);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.empty(), 60000);
    QTest::qWait(200);
    QCOMPARE(loaded, (std::vector{cohort_->cases[1].id}));
  }
};

GUILESS_TEST(VolumeInspectionTest)
#include "volume_inspection_test.moc"
