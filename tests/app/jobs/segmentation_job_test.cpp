#include "app/jobs/segmentation_job.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "app/work/training/training.h"
#include "core/metrics/dice.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class SegmentationJobTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path run_;
  Cohort cohort_;

 private Q_SLOTS:
  void initTestCase() {
    const std::filesystem::path root = folder_.path().toStdString();
    const auto data = writeTinyCohort(root / "data");
    run_ = startTraining({data, root / "runs", tinyConfig(2)}, {}).run;
    cohort_ = openCohort(data);
  }

  void theFirstAnswerIsTheWholeCaseWithItsScores() {
    SegmentationJob job;
    std::shared_ptr<const Case> patient;
    std::optional<Segmentation> result;
    std::optional<SubsetTable> table;
    connect(&job, &SegmentationJob::caseLoaded, this,
            [&](const auto& loaded) { patient = loaded; });
    connect(&job, &SegmentationJob::segmented, this, [&](const auto& answer) { result = answer; });
    connect(&job, &SegmentationJob::scored, this, [&](const auto& scores) { table = scores; });
    QSignalSpy progress(&job, &SegmentationJob::progress);
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(table.has_value(), 60000);
    QVERIFY(!progress.isEmpty());
    QCOMPARE(result->set, ModalitySchema::brats().all());
    QCOMPARE(table->rows.size(), std::size_t{15});
    QVERIFY(result->labels->grid.matches(patient->grid));
    for (const Region region : kRegions) {
      const auto r = static_cast<std::size_t>(region);
      QCOMPARE((*result->dice)[r], dice(*result->labels, *patient->labels, region));
      QCOMPARE(result->ml[r], regionMl(*result->labels, region));
      QCOMPARE(table->rows.front().scores[r], (*result->dice)[r]);  // all modalities come first
    }
  }

  void aCaseIsShownWithoutARun() {
    SegmentationJob job;
    QSignalSpy loaded(&job, &SegmentationJob::caseLoaded);
    QSignalSpy segmented(&job, &SegmentationJob::segmented);
    job.setCase(cohort_.cases.front(), cohort_.schema);
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, 60000);
    QCOMPARE(segmented.size(), 0);
  }

  void theNewestRequestWinsAndCarriesItsSet() {
    SegmentationJob job;
    std::vector<Segmentation> answers;
    connect(&job, &SegmentationJob::segmented, this,
            [&](const auto& answer) { answers.push_back(answer); });
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    std::uint64_t newest = 0;
    for (std::uint8_t bits = 1; bits < 16; ++bits) {
      newest = job.request(*ModalitySet::fromBits(bits));
    }
    newest = job.request(ModalitySet(ModalityId(2)));
    QTRY_COMPARE_WITH_TIMEOUT(answers.back().number, newest, 60000);
    QCOMPARE(answers.back().set, ModalitySet(ModalityId(2)));
    QVERIFY(answers.size() < 16);
    QTest::qWait(200);
    QCOMPARE(answers.back().number, newest);  // nothing older comes after it
  }

  void hd95ComesAfterDice() {
    SegmentationJob job;
    std::vector<SubsetTable> tables;
    connect(&job, &SegmentationJob::scored, this,
            [&](const auto& scores) { tables.push_back(scores); });
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(tables.size(), std::size_t{2}, 60000);
    QVERIFY(tables[0].meanHd95().empty());
    QCOMPARE(tables[1].meanHd95().size(), kRegions.size());
    QCOMPARE(tables[1].rows[3].scores, tables[0].rows[3].scores);
    QCOMPARE(tables[1].reference, Reference::Truth);
  }

  void scoringGoesOnAfterWhatWasAskedMeanwhile() {
    SegmentationJob job;
    int tables = 0, answers = 0;
    connect(&job, &SegmentationJob::segmented, this, [&](const auto&) {
      if (++answers < 20) job.request(ModalitySet(ModalityId(std::size_t(answers % 4))));
    });
    connect(&job, &SegmentationJob::scored, this, [&](const auto&) { ++tables; });
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(tables, 2, 60000);
  }

  void withoutATruthSubsetsAreComparedWithAllModalities() {
    namespace fs = std::filesystem;
    const fs::path bare = fs::path(folder_.path().toStdString()) / "bare";
    const fs::path from = cohort_.folder / cohort_.cases.front().id;
    fs::create_directories(bare);
    fs::copy(from, bare / from.filename(), fs::copy_options::recursive);
    for (const auto& file : fs::recursive_directory_iterator(bare))
      if (file.path().filename().string().find("seg") != std::string::npos) fs::remove(file);
    const Cohort bareCohort = openCohort(bare);
    SegmentationJob job;
    std::optional<SubsetTable> table;
    std::optional<Segmentation> result;
    connect(&job, &SegmentationJob::scored, this, [&](const auto& scores) { table = scores; });
    connect(&job, &SegmentationJob::segmented, this, [&](const auto& answer) { result = answer; });
    job.setCase(bareCohort.cases.front(), bareCohort.schema);
    job.setRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(table && !table->meanHd95().empty(), 60000);
    QVERIFY(!result->dice);
    QCOMPARE(table->reference, Reference::AllModalities);
    QCOMPARE(table->rows.front().scores, std::vector<double>(kRegions.size(), 1.0));
  }

  void anExplanationLeavesThePictureAloneAndGivesWayToTheNextSet() {
    SegmentationJob job;
    int pictures = 0;
    std::vector<std::shared_ptr<const Explanation>> answers;
    connect(&job, &SegmentationJob::segmented, this, [&](const auto&) { ++pictures; });
    connect(&job, &SegmentationJob::explained, this,
            [&](const auto& answer) { answers.push_back(answer); });
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(pictures, 1, 60000);
    job.explain({Region::WholeTumour, {}});
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    QCOMPARE(pictures, 1);
    QCOMPARE(answers[0]->dominance.has_value(), !answers[0]->attribution.maps.empty());
    QCOMPARE(answers[0]->attribution.set, ModalitySchema::brats().all());
    job.explain({Region::WholeTumour, {}});
    job.request(ModalitySet(ModalityId(2)));
    QTRY_COMPARE_WITH_TIMEOUT(pictures, 2, 60000);
    QTest::qWait(300);
    QCOMPARE(answers.size(), std::size_t{1});
  }

  void whatIsExplainedMayBeABallAndMayBeStopped() {
    SegmentationJob job;
    std::vector<std::shared_ptr<const Explanation>> answers;
    QSignalSpy segmented(&job, &SegmentationJob::segmented);
    QSignalSpy scored(&job, &SegmentationJob::scored);
    connect(&job, &SegmentationJob::explained, this,
            [&](const auto& answer) { answers.push_back(answer); });
    std::shared_ptr<const Case> patient;
    connect(&job, &SegmentationJob::caseLoaded, this, [&](const auto& found) { patient = found; });
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(segmented.size(), 1, 60000);
    const Ball ball{patient->grid.toWorld({16, 16, 16}), 12};
    job.explain({Region::WholeTumour, {}, ball});
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    QVERIFY(answers[0]->attribution.picked);
    const double ml = 4.0 / 3 * 3.14159265 * std::pow(1.2, 3);
    QVERIFY(std::abs(answers[0]->attribution.ml / ml - 1) < 0.3);
    QSignalSpy late(&job, &SegmentationJob::explaining);
    bool stopped = false;
    connect(&job, &SegmentationJob::explaining, &job, [&] {
      if (stopped) return;
      stopped = true;
      job.stopExplaining();
      late.clear();
    });
    job.explain({Region::WholeTumour, {}, ball});
    QTRY_COMPARE_WITH_TIMEOUT(scored.size(), 2, 60000);
    QTest::qWait(500);
    QVERIFY(stopped);
    QVERIFY(late.isEmpty());
    QCOMPARE(answers.size(), std::size_t{1});
    QCOMPARE(segmented.size(), 1);
  }

  void aRunThatIsNotThereIsSaidInASentence() {
    SegmentationJob job;
    QSignalSpy failed(&job, &SegmentationJob::failed);
    job.setCase(cohort_.cases.front(), cohort_.schema);
    job.setRun(run_ / "nothing");
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QVERIFY(failed.first().first().toString().contains("nothing"));
  }

  void aRunForOtherModalitiesIsSaidInASentence() {
    SegmentationJob job;
    QSignalSpy failed(&job, &SegmentationJob::failed);
    QSignalSpy segmented(&job, &SegmentationJob::segmented);
    const ModalitySchema others({{"rgb", "RGB"}, {"depth", "Depth"}});
    job.setCase(cohort_.cases.front(), others);
    job.setRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QCOMPARE(failed.first().first().toString(),
             QString("The network was made for T1, T1ce, T2, FLAIR, the data has RGB, Depth: "
                     "choose a run that was trained with these modalities."));
    QCOMPARE(segmented.size(), 0);
  }

  void whatBelongsToAnotherCaseIsNotTold() {
    SegmentationJob job;
    std::vector<std::string> loaded;
    connect(&job, &SegmentationJob::caseLoaded, this,
            [&](const auto& patient) { loaded.push_back(patient->id); });
    job.setCase(cohort_.cases[0], cohort_.schema);
    QTest::qSleep(200);  // its answer now waits for this thread
    job.setCase(cohort_.cases[1], cohort_.schema);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.empty(), 60000);
    QTest::qWait(200);
    QCOMPARE(loaded, (std::vector{cohort_.cases[1].id}));
  }
};

GUILESS_TEST(SegmentationJobTest)
#include "segmentation_job_test.moc"
