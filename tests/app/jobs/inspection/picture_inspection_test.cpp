#include "app/jobs/inspection/picture_inspection.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "app/jobs/inspection/inspection_job.h"
#include "tests/app/jobs/inspection/hear.h"
#include "tests/app/jobs/picture_run.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr ModalityId kColour{0}, kDepth{1};

/// By hand: intersection over union of one class.
double iouOf(std::uint8_t which, const LabelPicture& predicted,
             const std::vector<std::uint8_t>& truth) {
  double both = 0, either = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    both += predicted.values[i] == which && truth[i] == which;
    either += predicted.values[i] == which || truth[i] == which;
  }
  return both / either;
}

}  // namespace

class PictureInspectionTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  const std::filesystem::path root_ = folder_.path().toStdString();
  PictureRun made_;

 private Q_SLOTS:
  void initTestCase() { made_ = trainOnPictures(root_); }

  void theFirstAnswerIsTheWholeCaseWithItsScores() {
    InspectionJob job(std::make_unique<PictureInspection>());
    std::shared_ptr<const ImageSample> sample;
    std::shared_ptr<const PicturePrediction> answer;
    std::optional<SubsetTable> table;
    hear<InspectedPicture>(job, &InspectionJob::caseLoaded,
                           [&](const auto& found) { sample = found->sample; });
    hear<PicturePrediction>(job, &InspectionJob::answered,
                            [&](const auto& found) { answer = found; });
    connect(&job, &InspectionJob::scored, this, [&](const auto& found) { table = found; });
    job.setCase(made_.cohort, *made_.cohort->find("scene6"));
    job.setRun(made_.run);
    QTRY_VERIFY_WITH_TIMEOUT(table.has_value(), 60000);
    QCOMPARE(answer->set, made_.cohort->problem.schema.all());
    QCOMPARE(answer->classes->width, sample->width);
    QCOMPARE(answer->classes->height, sample->height);
    const double ground = iouOf(0, *answer->classes, sample->labels);
    const double square = iouOf(1, *answer->classes, sample->labels);
    QCOMPARE(answer->scores->iou, (std::vector<double>{ground, square}));
    QCOMPARE(answer->scores->miou, (ground + square) / 2);
    QVERIFY(answer->scores->miou > 0.5);  // it has learnt something
    QCOMPARE(table->rows.size(), std::size_t{3});
    QCOMPARE(table->rows.front().scores.front(), answer->scores->miou);
    QCOMPARE(table->columns,
             (std::vector<std::string>{"miou", "pixel_accuracy", "iou_ground", "iou_square"}));
    QCOMPARE(table->reference, Reference::Truth);
  }

  void aCaseIsShownWithoutARun() {
    InspectionJob job(std::make_unique<PictureInspection>());
    QSignalSpy loaded(&job, &InspectionJob::caseLoaded), predicted(&job, &InspectionJob::answered);
    job.setCase(made_.cohort, *made_.cohort->find("scene0"));
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, 60000);
    QCOMPARE(predicted.size(), 0);
  }

  void theNewestRequestWinsAndCarriesItsSet() {
    InspectionJob job(std::make_unique<PictureInspection>());
    std::vector<std::shared_ptr<const PicturePrediction>> answers;
    hear<PicturePrediction>(job, &InspectionJob::answered,
                            [&](const auto& answer) { answers.push_back(answer); });
    job.setCase(made_.cohort, *made_.cohort->find("scene6"));
    job.setRun(made_.run);
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t{1}, 60000);
    std::uint64_t newest = 0;
    for (int i = 0; i < 30; ++i) newest = job.request(ModalitySet(i % 2 ? kColour : kDepth));
    newest = job.request(ModalitySet(kDepth));
    QTRY_COMPARE_WITH_TIMEOUT(answers.back()->number, newest, 60000);
    QCOMPARE(answers.back()->set, ModalitySet(kDepth));
    QVERIFY(answers.size() < 31);
    job.request(ModalitySet(kColour));
    const auto before = answers.back()->classes;
    newest = job.request(ModalitySet(kDepth));
    QTRY_COMPARE_WITH_TIMEOUT(answers.back()->number, newest, 60000);
    QCOMPARE(answers.back()->classes, before);  // kept, not made again
  }

  void scoringGoesOnAfterWhatWasAskedMeanwhile() {
    InspectionJob job(std::make_unique<PictureInspection>());
    int tables = 0, answers = 0;
    connect(&job, &InspectionJob::answered, this, [&](const auto&) {
      if (++answers < 10) job.request(ModalitySet(answers % 2 ? kColour : kDepth));
    });
    connect(&job, &InspectionJob::scored, this, [&](const auto&) { ++tables; });
    job.setCase(made_.cohort, *made_.cohort->find("scene6"));
    job.setRun(made_.run);
    QTRY_COMPARE_WITH_TIMEOUT(answers, 10, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(tables, 1, 60000);
  }

  void aPageThatWasEmptiedGetsItsTableAgain() {
    PictureInspection inspection;
    inspection.openRun(made_.run, std::nullopt);
    inspection.load(made_.cohort, *made_.cohort->find("scene6"), {});
    InspectionRequest request = requestFor(made_.cohort, *made_.cohort->find("scene6"));
    Told told;
    inspection.answer(request, {}, told);
    inspection.answer(request, {}, told);
    QCOMPARE(told.answers, 1);
    QCOMPARE(told.tables, 1);
    emptyPage(request);
    inspection.answer(request, {}, told);
    QCOMPARE(told.answers, 2);
    QCOMPARE(told.tables, 2);
  }

  void whatACaseDoesNotHaveIsLeftOutAndNotScored() {
    InspectionJob job(std::make_unique<PictureInspection>());
    std::shared_ptr<const PicturePrediction> answer;
    std::optional<SubsetTable> table;
    hear<PicturePrediction>(job, &InspectionJob::answered,
                            [&](const auto& found) { answer = found; });
    connect(&job, &InspectionJob::scored, this, [&](const auto& found) { table = found; });
    job.setRun(made_.run);
    job.setCase(made_.cohort, *made_.cohort->find("scene3"));  // has no depth
    job.request(ModalitySet(kDepth));
    QTRY_VERIFY_WITH_TIMEOUT(table.has_value(), 60000);
    QCOMPARE(answer->set, ModalitySet(kColour));
    for (const SubsetTable::Row& row : table->rows)
      QCOMPARE(row.cases, row.set == ModalitySet(kColour) ? 1 : 0);
  }

  void withoutATruthSubsetsAreComparedWithAllModalities() {
    const auto bare = root_ / "bare";
    std::filesystem::copy(made_.data, bare, std::filesystem::copy_options::recursive);
    std::filesystem::remove(bare / "label" / "scene6.png");
    const auto cohort = std::make_shared<const Cohort>(openCohort(bare));
    InspectionJob job(std::make_unique<PictureInspection>());
    std::shared_ptr<const PicturePrediction> answer;
    std::optional<SubsetTable> table;
    hear<PicturePrediction>(job, &InspectionJob::answered,
                            [&](const auto& found) { answer = found; });
    connect(&job, &InspectionJob::scored, this, [&](const auto& found) { table = found; });
    job.setCase(cohort, *cohort->find("scene6"));
    job.setRun(made_.run);
    QTRY_VERIFY_WITH_TIMEOUT(table.has_value(), 60000);
    QVERIFY(!answer->scores);
    QCOMPARE(table->reference, Reference::AllModalities);
    QCOMPARE(table->rows.front().scores.front(), 1.0);
  }

  void whatStandsInIsTold() {
    InspectionJob job(std::make_unique<PictureInspection>());
    std::shared_ptr<const ImageSample> sample;
    std::shared_ptr<const PicturePrediction> answer;
    hear<InspectedPicture>(job, &InspectionJob::caseLoaded,
                           [&](const auto& found) { sample = found->sample; });
    hear<PicturePrediction>(job, &InspectionJob::answered,
                            [&](const auto& found) { answer = found; });
    job.setCase(made_.cohort, *made_.cohort->find("scene7"));
    job.setRun(made_.run);
    QTRY_VERIFY_WITH_TIMEOUT(sample && answer, 60000);
    QVERIFY(!answer->given);
    const auto next = sample->modalities;
    answer.reset();
    job.setCorruption(Corruption::Shuffled);
    job.setCase(made_.cohort, *made_.cohort->find("scene6"));  // the next case is scene7
    QTRY_VERIFY_WITH_TIMEOUT(answer && answer->given && sample->id == "scene6", 60000);
    for (std::size_t m = 0; m < next.size(); ++m) {
      const auto& given = answer->given->at(m);
      QCOMPARE(given.size(), next[m].size());
      for (std::size_t i = 0; i < given.size(); ++i)
        QVERIFY(std::abs(given[i] - next[m][i]) < 1e-5F);
    }
  }

  void aRunOfVolumesIsRefusedInWords() {
    const auto volumes = writeTinyCohort(root_ / "volumes");
    const auto run = startTraining({volumes, root_ / "runs", tinyConfig(1)}, {}).run;
    InspectionJob job(std::make_unique<PictureInspection>());
    QString why;
    connect(&job, &InspectionJob::failed, this, [&](const QString& sentence) { why = sentence; });
    job.setCase(made_.cohort, *made_.cohort->find("scene6"));
    job.setRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(!why.isEmpty(), 60000);
    QVERIFY2(why.contains("is for segmentation3d, not for these data"), qPrintable(why));
  }
};

GUILESS_TEST(PictureInspectionTest)
#include "picture_inspection_test.moc"
