#include "app/work/training/training.h"

#include <QTest>

#include "app/work/cohort_data.h"
#include "app/work/resume.h"
#include "app/work/trained_run.h"
#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "core/events/run_phase.h"
#include "core/runs/run_store.h"
#include "core/volume/volume_io.h"
#include "tests/app/work/training/training_place.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

class TrainingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aNewRunIsHeldBeforeThereIsAnythingToGoOnWith() {
    const Place place;
    bool held = false;
    TrainingControl control;
    control.onFolder = [&](const fs::path& run) {
      held = fs::last_write_time(run / "lock") <= fs::last_write_time(run / "config.toml");
    };
    startTraining(place.request(), control);
    QVERIFY(held);
  }

  void whileItTrainsItIsHeld() {
    const Place place;
    struct Second : TrainObserver {
      fs::path run;
      std::string said;
      void onStep(const StepEvent&) override {
        said = sentenceOf([this] { resumeTraining(run, {}); });
      }
    } second;
    TrainingControl control;
    control.observer = &second;
    control.onFolder = [&](const fs::path& folder) { second.run = folder; };
    QCOMPARE(startTraining(place.request(), control).steps, 4);
    QVERIFY2(contains(second.said, "still going on"), second.said.c_str());
  }

  void aFolderThatIsGoneEndsTheRunAndIsNotMadeAgain_data() {
    QTest::addColumn<bool>("moved");
    QTest::addColumn<int>("step");
    for (const int step : {1, 2, 4}) {  // before a checkpoint, and after one
      QTest::addRow("deleted at %d", step) << false << step;
      QTest::addRow("moved at %d", step) << true << step;
    }
  }
  void aFolderThatIsGoneEndsTheRunAndIsNotMadeAgain() {
    QFETCH(bool, moved);
    QFETCH(int, step);
    const Place place;
    const fs::path away = place.runs / "away";
    struct Mover : TrainObserver {
      std::function<void(std::int64_t)> each;
      void onStep(const StepEvent& event) override { each(event.step); }
    } mover;
    fs::path run;
    mover.each = [&](std::int64_t now) {
      if (now != step) return;
      moved ? fs::rename(run, away) : static_cast<void>(fs::remove_all(run));
    };
    TrainingControl control;
    control.observer = &mover;
    control.onFolder = [&](const fs::path& folder) { run = folder; };
    const auto error = thrownBy([&] { startTraining(place.request(), control); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY2(!fs::exists(run), error->what());
    if (!moved) return;
    QCOMPARE(RunFolder::open(away).status().state, RunState::Failed);
    QCOMPARE(resumeTraining(away, {}).steps, 4);
  }

  void aRunLeavesEverythingThatItsFolderPromises() {
    const Place place;
    const auto outcome = startTraining(place.request(), {});
    QCOMPARE(outcome.state, RunState::Finished);
    const RunFolder run = RunFolder::open(outcome.run);
    QCOMPARE(run.status().state, RunState::Finished);
    QCOMPARE(run.steps().size(), std::size_t{4});
    QCOMPARE(run.validations().size(), std::size_t{1});
    QCOMPARE(run.manifest().parameters, 813915);
    QCOMPARE(run.manifest().splits.at("valid").size(), std::size_t{1});
    for (const char* file :
         {"config.toml", "manifest.json", "state.json", "metrics.jsonl", "log.txt",
          "checkpoints/last.safetensors", "checkpoints/best.safetensors"})
      QVERIFY2(fs::exists(outcome.run / file), file);
  }

  void oneCaseOfAnotherVoxelSizeDoesNotDecideForAll() {
    const Place place;
    PhantomOptions options;
    options.cases = 4;
    options.size = 24;
    options.spacing = 6;
    const fs::path data = place.data.parent_path() / "mixed";
    writePhantomCohort(options, data);
    const Cohort cohort = openCohort(data);
    QCOMPARE(cohort.splits->at("train").size(), std::size_t{3});
    const CaseInfo* first = cohort.find(cohort.splits->at("train").front());
    for (const ModalityFile& modality : first->modalities) {
      Volume volume = readVolume(modality.file).volume;
      volume.grid.spacing = {6, 6, 12};
      writeVolume(modality.file, volume);
    }
    TrainingRequest request = place.request();
    request.data = data;
    request.config.train.steps = 1;
    const auto outcome = startTraining(request, {});
    QCOMPARE(RunFolder::open(outcome.run).manifest().spacing, (std::vector<double>{6, 6, 6}));
  }

  /// Of five steps, validated every two: after 2, 4 and 5, one case each time.
  void aRunTellsWhatItIsAt() {
    const Place place;
    TrainingRequest request = place.request();
    request.config.train.steps = 5;
    request.config.train.validateEvery = 2;
    Phases watcher;
    startTraining(request, {&watcher, nullptr, {}, {}});
    std::vector<std::int64_t> left;
    std::vector<std::string> words;
    for (const PhaseEvent& event : watcher.events) {
      if (event.validationsLeft) left.push_back(*event.validationsLeft);
      if (event.of > 0 && event.phase == RunPhase::Validating)
        words.push_back(std::to_string(event.done) + '/' + std::to_string(event.of));
    }
    QCOMPARE(left, (std::vector<std::int64_t>{3, 3, 2, 2, 1, 1, 0}));
    QCOMPARE(words, (std::vector<std::string>(3, "0/1")));
    QCOMPARE(watcher.events.back().phase, RunPhase::Writing);
  }

  void aTrainedRunPredictsEverySubset() {
    const Place place;
    const auto outcome = startTraining(place.request(), {});
    const TrainedRun run = openTrainedRun(outcome.run);
    QCOMPARE(run.step, 4);
    const CohortData data = openCohortData(place.data, 1);
    const auto table = run.predictor->evaluate(*data.source, data.labelled("valid"));
    QCOMPARE(table->rows.size(), std::size_t{15});
    for (const auto& row : table->rows) QCOMPARE(row.cases, 1);
    const auto validation = RunFolder::open(outcome.run).validations().front();
    QCOMPARE(table->mean(), validation.scores);  // `last` and the last validation see one network
  }

  void emptyCohortsUnknownSplitsAndMissingRunsAreSentences() {
    const Place place;
    const auto empty = fs::path(place.folder.path().toStdString()) / "empty";
    fs::create_directories(empty);
    auto request = place.request();
    request.data = empty;
    QVERIFY_EXCEPTION_THROWN(startTraining(request, {}), Error);
    QVERIFY(!fs::exists(place.runs));  // nothing was made for nothing
    QVERIFY_EXCEPTION_THROWN(openCohortData(place.data, 1).labelled("test"), Error);
    QVERIFY_EXCEPTION_THROWN(openTrainedRun(empty), Error);
  }

  void aRunWhoseStepDoesNotFitLeavesNoFolder() {  // 512 crops of 256³ in four modalities: 137 GB
    const Place place;
    auto request = place.request();
    request.config.train.crop = 256;
    request.config.train.batch = 512;
    QVERIFY_EXCEPTION_THROWN(startTraining(request, {}), Error);
    QVERIFY(!fs::exists(place.runs));
  }

  void aRunTrainsOnItsFold() {
    const Place place;
    auto request = place.request();
    request.config.train.steps = 1;
    request.config.data.folds = 3;
    request.config.data.fold = 2;
    const CohortData data = openCohortData(place.data, request.config);
    const RunFolder run = RunFolder::open(startTraining(request, {}).run);
    QVERIFY(run.manifest().splits == data.splits);
    request.config.data.fold = 3;
    QVERIFY_EXCEPTION_THROWN(startTraining(request, {}), Error);
  }
};

GUILESS_TEST(TrainingTest)
#include "training_test.moc"
