#include "app/work/training/continuing.h"

#include <QTest>
#include <cmath>
#include <set>

#include "app/work/resume.h"
#include "app/work/training/extending.h"
#include "app/work/training/extension.h"
#include "core/base/error.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "tests/app/work/training/training_place.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// What was stopped goes on, and what is finished is extended.
class ContinuingTest : public QObject {
  Q_OBJECT

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
};

GUILESS_TEST(ContinuingTest)
#include "continuing_test.moc"
