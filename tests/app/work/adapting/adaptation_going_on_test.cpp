#include <QTest>
#include <algorithm>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/resume.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "tests/app/work/adapting/adapting_place.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// What was stopped or killed goes on and ends as if it had not been.
class AdaptationGoingOnTest : public AdaptingPlace {
  Q_OBJECT

  static std::vector<double> recordedLosses(const fs::path& run) {
    std::vector<double> losses;
    for (const StepEvent& step : RunFolder::open(run).steps()) losses.push_back(step.meanLoss);
    return losses;
  }

 private Q_SLOTS:
  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen_data() {
    QTest::addColumn<QString>("method");
    for (const char* method : {"ssf", "lora", "dedicated"}) QTest::newRow(method) << method;
  }
  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen() {
    QFETCH(QString, method);
    AdaptationRequest whole = into(qPrintable("whole-" + method));
    whole.method = method.toStdString();
    QCOMPARE(adaptRun(whole).state, RunState::Finished);
    AdaptationRequest parts = into(qPrintable("parts-" + method));
    parts.method = method.toStdString();
    stopAt(24, parts);  // in the third of six subsets
    QVERIFY(!isWholeAdaptation(parts.out));
    Steps steps;
    TrainingControl control;
    control.observer = &steps;
    QCOMPARE(adaptRun(parts, control).state, RunState::Finished);
    QCOMPARE(steps.events.size(), std::size_t{40});
    QCOMPARE(steps.events.front().step, 21);
    QCOMPARE(recordedLosses(parts.out), recordedLosses(whole.out));
    QCOMPARE(readText(parts.out / "adapters.safetensors"),
             readText(whole.out / "adapters.safetensors"));
    QCOMPARE(readText(parts.out / "adaptation.json"), readText(whole.out / "adaptation.json"));
  }

  void stoppedBeforeItsFirstStepItLeavesEverythingAsItWas() {
    std::stop_source stop;
    stop.request_stop();
    TrainingControl control;
    control.stop = stop.get_token();
    const TrainingOutcome none = adaptRun(into("never-begun"), control);
    QCOMPARE(none.state, RunState::Interrupted);
    QVERIFY(none.run.empty());
    QVERIFY(!fs::exists(path("never-begun")));
    const AdaptationRequest begun = into("stopped-twice");
    stopAt(24, begun);  // in the third subset
    const TrainingOutcome again = adaptRun(begun, control);
    QCOMPARE(again.state, RunState::Interrupted);
    QCOMPARE(again.run, begun.out);
    QCOMPARE(again.steps, 20);
    QCOMPARE(RunFolder::open(begun.out).status().state, RunState::Interrupted);
    QCOMPARE(adaptRun(begun).state, RunState::Finished);
  }

  void resumingTheRunGoesOnWithIt() {
    const AdaptationRequest request = into("resumed");
    const fs::path run = stopAt(15, request);
    QCOMPARE(RunFolder::open(run).status().state, RunState::Interrupted);
    const TrainingOutcome outcome = resumeTraining(run, {});
    QCOMPARE(outcome.state, RunState::Finished);
    QCOMPARE(outcome.steps, 60);
    QCOMPARE(readAdaptation(run).adapted.size(), std::size_t{6});
    QVERIFY(contains(sentenceOf([&] { resumeTraining(run, {}); }), "finished"));
  }

  void whatWasLearntBeforeIsToldWithItsScores() {
    AdaptationRequest request = into("told-later");
    Steps first;
    TrainingControl control;
    control.observer = &first;
    std::stop_source stop;
    first.onEach = [&](const StepEvent& event) {
      if (event.step == 15) stop.request_stop();
    };
    control.stop = stop.get_token();
    adaptRun(request, control);
    const auto done = std::find_if(first.sets.begin(), first.sets.end(),
                                   [](const AdaptedSet& one) { return one.done; });
    Steps second;
    TrainingControl again;
    again.observer = &second;
    adaptRun(request, again);
    QCOMPARE(second.sets.front().set, done->set);
    QCOMPARE(second.sets.front().learnt, done->learnt);
    QCOMPARE(*second.sets.front().frozen, *done->frozen);
    QCOMPARE(*second.sets.front().adapted, *done->adapted);
    QVERIFY(second.sets.front().done);
  }

  void anEndThatWasAllButReachedIsReached() {
    AdaptationRequest request = into("almost");
    request.subsets = "singletons";
    adaptRun(request);
    RunFolder folder = RunFolder::open(request.out);
    RunStatus status = folder.status();
    status.state = RunState::Interrupted;
    folder.writeStatus(status);
    QCOMPARE(resumeTraining(request.out, {}).state, RunState::Finished);
    QCOMPARE(folder.status().state, RunState::Finished);
  }

  void whereverAKillCameFirstItGoesOnAsAnAdaptation_data() {
    QTest::addColumn<QStringList>("left");
    QTest::addColumn<bool>("resumed");
    const QStringList order{"lock",       ".plan.json.4711-0.tmp", "plan.json", "config.toml",
                            "state.json", "manifest.json"};
    for (int i = 0; i <= order.size(); ++i)
      for (const bool resumed : {false, true}) {
        if (resumed && i < 3) continue;  // nothing says yet what it was to be
        QTest::addRow("%d files, %s", i, resumed ? "resumed" : "asked for again")
            << order.mid(0, i) << resumed;
      }
  }
  void whereverAKillCameFirstItGoesOnAsAnAdaptation() {
    QFETCH(QStringList, left);
    QFETCH(bool, resumed);
    const std::string name =
        "cut-" + std::to_string(left.size()) + (resumed ? "-resumed" : "-again");
    AdaptationRequest request = into(name.c_str());
    request.subsets = "singletons";
    stopAt(1, request);
    RunFolder folder = RunFolder::open(request.out);
    RunStatus status = folder.status();
    status.state = RunState::Preparing;
    status.pid = 0;  // of a process that is gone
    folder.writeStatus(status);
    if (left.contains(".plan.json.4711-0.tmp"))
      writeAtomically(request.out / ".plan.json.4711-0.tmp", "{");
    for (const fs::path& file : entriesOf(request.out))
      if (!left.contains(QString::fromStdString(file.filename()))) fs::remove_all(file);
    QVERIFY(left.size() < 3 || isAdaptation(request.out));
    const TrainingOutcome outcome = resumed ? resumeTraining(request.out, {}) : adaptRun(request);
    QCOMPARE(outcome.state, RunState::Finished);
    QCOMPARE(outcome.steps, 30);
    QCOMPARE(readAdaptation(request.out).adapted.size(), std::size_t{3});
    QVERIFY(!fs::exists(request.out / "checkpoints"));
    QVERIFY(!fs::exists(request.out / ".plan.json.4711-0.tmp"));
  }

  void twoProgramsDoNotLearnInOneFolder() {
    AdaptationRequest request = into("twice");
    request.subsets = "singletons";
    stopAt(11, request);
    const RunLock other(request.out);
    QVERIFY(contains(sentenceOf([&] { resumeTraining(request.out, {}); }), "still going on"));
    QVERIFY(contains(sentenceOf([&] { adaptRun(request); }), "still going on"));
  }

  /// Else what was decided by would no longer hold when it is written.
  void theFolderIsHeldBeforeAnythingIsReadForIt() {
    AdaptationRequest request = into("held");
    const fs::path base = request.run.parent_path() / "base-of-held";
    fs::copy(request.run, base, fs::copy_options::recursive);
    request.run = base;
    request.subsets = "singletons";
    stopAt(11, request);
    fs::remove_all(base / "checkpoints");
    const auto said = [&] { return sentenceOf([&] { adaptRun(request); }); };
    QVERIFY(contains(said(), "checkpoint"));
    const RunLock other(request.out);
    QVERIFY(contains(said(), "still going on"));
  }

  void anotherRequestDoesNotTouchWhatWasBegun() {
    AdaptationRequest request = into("begun");
    stopAt(11, request);
    const std::string before = readText(request.out / "adapters.safetensors");
    AdaptationRequest other = request;
    other.steps = 11;
    QVERIFY(contains(sentenceOf([&] { adaptRun(other); }), "not empty"));
    QCOMPARE(readText(request.out / "adapters.safetensors"), before);
  }

  void whatWasBegunGoesOnAfterBothFoldersWereMoved() {
    fs::create_directories(path("before"));
    fs::copy(base_, path("before") / base_.filename(), fs::copy_options::recursive);
    AdaptationRequest request = into("before/ssf");
    request.run = path("before") / base_.filename();
    stopAt(21, request);
    fs::rename(path("before"), path("after"));
    Steps steps;
    TrainingControl control;
    control.observer = &steps;
    QCOMPARE(resumeTraining(path("after/ssf"), control).state, RunState::Finished);
    QCOMPARE(steps.events.size(), std::size_t{40});
  }

  void aDamagedBeginningIsASentence() {
    const AdaptationRequest request = into("damaged");
    stopAt(11, request);
    const fs::path file = request.out / "adapters.safetensors";
    fs::resize_file(file, fs::file_size(file) - 5);
    QVERIFY(contains(sentenceOf([&] { adaptRun(request); }), "adapters.safetensors"));
  }
};

GUILESS_TEST(AdaptationGoingOnTest)
#include "adaptation_going_on_test.moc"
