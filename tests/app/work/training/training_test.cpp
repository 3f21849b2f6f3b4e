#include "app/work/training/training.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <set>

#include "app/work/cohort_data.h"
#include "app/work/resume.h"
#include "app/work/trained_run.h"
#include "app/work/training/extending.h"
#include "app/work/training/extension.h"
#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "core/events/run_phase.h"
#include "core/phantom/phantom.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "core/volume/volume_io.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

/// A cohort of three tiny phantoms on disk, and a place for runs.
struct Place {
  QTemporaryDir folder;
  fs::path data = fs::path(folder.path().toStdString()) / "data";
  fs::path runs = fs::path(folder.path().toStdString()) / "runs";

  Place() {
    PhantomOptions options;
    options.cases = 3;
    options.size = 24;
    options.spacing = 6;
    writePhantomCohort(options, data);
  }
  TrainingRequest request() const {
    RunConfig config;
    config.train.steps = 4;
    config.train.crop = 16;
    config.train.checkpointEvery = 2;
    config.train.validateEvery = 4;
    return {data, runs, config};
  }
};

/// Stops the run after some steps.
struct StopAfter : TrainObserver {
  std::int64_t last;
  std::stop_source stop;
  explicit StopAfter(std::int64_t step) : last(step) {}
  void onStep(const StepEvent& event) override {
    if (event.step == last) stop.request_stop();
  }
};

/// Keeps what a run says it is at.
struct Phases : TrainObserver {
  std::vector<PhaseEvent> events;
  std::vector<std::string> notes;
  std::vector<StepEvent> steps;
  void onPhase(const PhaseEvent& event) override { events.push_back(event); }
  void onNote(const std::string& note) override { notes.push_back(note); }
  void onStep(const StepEvent& event) override { steps.push_back(event); }
};

std::string bytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

class TrainingTest : public QObject {
  Q_OBJECT

  /// The folder of a run that was stopped after its first step.
  static fs::path begunIn(const Place& place) {
    StopAfter watcher(1);
    TrainingControl control;
    control.observer = &watcher;
    control.stop = watcher.stop.get_token();
    return startTraining(place.request(), control).run;
  }

 private Q_SLOTS:
  void twoProgramsDoNotGoOnWithOneRun() {
    const Place place;
    const fs::path run = begunIn(place);
    const std::string before = bytesOf(run / "metrics.jsonl");
    {
      const RunLock other(run);
      QVERIFY(contains(sentenceOf([&] { resumeTraining(run, {}); }), "process "));
    }
    QCOMPARE(bytesOf(run / "metrics.jsonl"), before);
    QCOMPARE(resumeTraining(run, {}).steps, 4);
  }

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

  void aRunThatIsHeldIsNotExtendedAndOneThatIsExtendedIsHeld() {
    const Place place;
    const fs::path run = begunIn(place);
    const std::string before = bytesOf(run / "config.toml");
    {
      const RunLock other(run);
      QVERIFY(contains(sentenceOf([&] { extendTraining(run, 6, {}); }), "still going on"));
    }
    QCOMPARE(bytesOf(run / "config.toml"), before);
    struct Second : TrainObserver {
      fs::path run;
      std::set<std::string> said;
      void onStep(const StepEvent&) override {
        said.insert(sentenceOf([this] { extendTraining(run, 9, {}); }));
      }
    } second;
    second.run = run;
    TrainingControl control;
    control.observer = &second;
    QCOMPARE(extendTraining(run, 6, control).steps, 6);
    QCOMPARE(second.said.size(), std::size_t{1});
    QVERIFY(contains(*second.said.begin(), "still going on"));
    QCOMPARE(RunFolder::open(run).config().train.steps, 6);
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

  void aRunWithoutAManifestNeverBegan() {
    const Place place;
    const fs::path run = begunIn(place);
    fs::remove(run / "manifest.json");
    QVERIFY(contains(sentenceOf([&] { resumeTraining(run, {}); }), "Start it again"));
  }

  void leftoversOfAKilledProgramAreSweptWhenItGoesOn() {
    const Place place;
    const fs::path run = begunIn(place);
    for (const char* name : {".state.json.1-0.tmp", "checkpoints/.next.tmp"})
      std::ofstream(run / name) << "{";
    resumeTraining(run, {});
    QVERIFY(!fs::exists(run / ".state.json.1-0.tmp"));
    QVERIFY(!fs::exists(run / "checkpoints/.next.tmp"));
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

  void aStoppedRunResumesToTheSameWeights() {
    const Place place;
    const auto whole = startTraining(place.request(), {});
    StopAfter watcher(3);
    TrainingControl control{&watcher, nullptr, watcher.stop.get_token(), {}};
    const auto stopped = startTraining(place.request(), control);
    QCOMPARE(stopped.state, RunState::Interrupted);
    QCOMPARE(RunFolder::open(stopped.run).status().state, RunState::Interrupted);
    const auto resumed = resumeTraining(stopped.run, {});
    QCOMPARE(resumed.state, RunState::Finished);
    QCOMPARE(RunFolder::open(resumed.run).steps().size(), std::size_t{4});
    QCOMPARE(bytesOf(resumed.run / "checkpoints/last.safetensors"),
             bytesOf(whole.run / "checkpoints/last.safetensors"));
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

  void aFinishedRunIsExtended() {
    const Place place;
    const auto whole = startTraining(place.request(), {});
    Phases watcher;
    const auto longer = extendTraining(whole.run, 6, {&watcher, nullptr, {}, {}});
    QCOMPARE(longer.state, RunState::Finished);
    QCOMPARE(longer.steps, 6);
    QCOMPARE(watcher.steps.size(), std::size_t{2});
    QCOMPARE(watcher.steps.front().step, 5);
    QCOMPARE(watcher.steps.front().steps, 6);
    // 0.003 (1 - 4/6)^0.9 = 0.003 * 0.3720
    QVERIFY(std::abs(watcher.steps.front().learningRate - 0.003 * 0.37204) < 1e-6);
    const RunFolder run = RunFolder::open(whole.run);
    QCOMPARE(run.config().train.steps, 6);
    QCOMPARE(run.status().steps, 6);
    QCOMPARE(run.steps().size(), std::size_t{6});
    const auto extensions = extensionsOf(whole.run);
    QCOMPARE(extensions.size(), std::size_t{1});
    QCOMPARE(extensions[0].from, 4);
    QCOMPARE(extensions[0].to, 6);
    QCOMPARE(extensions[0].atStep, 4);
    const std::string log = bytesOf(whole.run / "log.txt");
    QVERIFY2(log.find("at step 5 it is 0.00112 instead of 0") != std::string::npos, log.c_str());
  }

  void anExtendedRunThatIsStoppedGoesOnExactly() {
    const Place place;
    const auto run = startTraining(place.request(), {}).run;
    fs::copy(run, run.string() + "-copy", fs::copy_options::recursive);
    extendTraining(run, 7, {});
    StopAfter watcher(5);
    extendTraining(run.string() + "-copy", 7, {&watcher, nullptr, watcher.stop.get_token(), {}});
    resumeTraining(run.string() + "-copy", {});
    QCOMPARE(bytesOf(fs::path(run.string() + "-copy") / "checkpoints/last.safetensors"),
             bytesOf(run / "checkpoints/last.safetensors"));
    QCOMPARE(extensionsOf(run.string() + "-copy").size(), std::size_t{1});
  }

  void stepsCanOnlyBeRaisedAndARefusalChangesNothing() {
    const Place place;
    const auto run = startTraining(place.request(), {}).run;
    const std::string before = bytesOf(run / "config.toml");
    for (const std::int64_t steps : {0, 3, 4}) {
      QVERIFY_EXCEPTION_THROWN(extendTraining(run, steps, {}), Error);
    }
    fs::rename(place.data, place.data.string() + "-elsewhere");
    QVERIFY_EXCEPTION_THROWN(extendTraining(run, 6, {}), Error);
    QCOMPARE(bytesOf(run / "config.toml"), before);
    QCOMPARE(RunFolder::open(run).status().state, RunState::Finished);
    QVERIFY(extensionsOf(run).empty());
  }

  void aFinishedRunAndChangedDataAreNotResumed() {
    const Place place;
    const auto whole = startTraining(place.request(), {});
    QVERIFY_EXCEPTION_THROWN(resumeTraining(whole.run, {}), Error);
    StopAfter watcher(2);
    const auto stopped =
        startTraining(place.request(), {&watcher, nullptr, watcher.stop.get_token(), {}});
    for (const auto& entry : fs::recursive_directory_iterator(place.data))
      if (entry.path().filename().string().ends_with("_t1.nii.gz")) {
        std::ofstream(entry.path(), std::ios::app) << "more";
      }
    QVERIFY_EXCEPTION_THROWN(resumeTraining(stopped.run, {}), Error);
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

  void aFoldIsHeldOutAndTheRunsOwnSplitIsEvaluated() {
    const Place place;
    const CohortData plain = openCohortData(place.data, 1);
    std::set<std::string> held;
    for (std::int64_t fold = 0; fold < 3; ++fold) {
      RunConfig config = place.request().config;
      config.data.folds = 3;
      config.data.fold = fold;
      const CohortData data = openCohortData(place.data, config);
      QCOMPARE(data.splits.at("train").size(), std::size_t{2});
      held.insert(data.splits.at("valid").at(0));
      RunManifest manifest(data.cohort.problem);
      manifest.data = place.data;
      manifest.splits = data.splits;
      manifest.dataLayout = fingerprintOf(data.labelled("train"));
      QVERIFY(openCohortData(place.data, manifest).splits == data.splits);
      manifest.data = "/somewhere/else";  // the same cases, moved
      QVERIFY(openCohortData(place.data, manifest).splits == data.splits);
      manifest.dataLayout = "of other files";
      QVERIFY(openCohortData(place.data, manifest).splits == plain.splits);
    }
    QCOMPARE(held.size(), std::size_t{3});
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

  void theFingerprintChangesWithTheFiles() {
    const Place place;
    const auto before = fingerprintOf(openCohortData(place.data, 1).labelled("train"));
    QCOMPARE(before.size(), std::size_t{16});
    QCOMPARE(fingerprintOf(openCohortData(place.data, 1).labelled("train")), before);
    QVERIFY(fingerprintOf(openCohortData(place.data, 1).labelled("valid")) != before);
  }
};

GUILESS_TEST(TrainingTest)
#include "training_test.moc"
