#include "app/jobs/training_job.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/events/run_phase.h"
#include "core/runs/run_store.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class TrainingJobTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path root_;
  std::filesystem::path data_;

  TrainingRequest request(std::int64_t steps) const {
    return {data_, root_ / "runs", tinyConfig(steps)};
  }

 private Q_SLOTS:
  void initTestCase() {
    root_ = folder_.path().toStdString();
    data_ = writeTinyCohort(root_ / "data");
  }

  /// Whose reader would be ended only after it had worked for five seconds.
  void aStopWhileDataAreReadEndsTheReaderAtOnce() {
    const auto endless = writeSentiment(root_ / "endless.h5");
    makeEndless(endless);
    TrainingJob job;
    std::optional<TrainingOutcome> outcome;
    connect(&job, &TrainingJob::finished, this, [&](const auto& end) { outcome = end; });
    job.start({endless, root_ / "none", tinyFeatureConfig(2)});
    QTest::qWait(300);
    QVERIFY(job.isRunning());
    QElapsedTimer since;
    since.start();
    job.stop();
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 60000);
    QVERIFY2(since.elapsed() < 4000, qPrintable(QString::number(since.elapsed())));
    QVERIFY(outcome->run.empty());
    QCOMPARE(outcome->state, RunState::Interrupted);
  }

  void aRunTellsEveryStepInOrderAndThenItsEnd() {
    TrainingJob job;
    std::vector<std::int64_t> steps;
    bool ended = false;
    bool stepAfterEnd = false;
    connect(&job, &TrainingJob::steps, this, [&](const std::vector<StepEvent>& events) {
      for (const auto& event : events) steps.push_back(event.step);
      stepAfterEnd = stepAfterEnd || ended;
    });
    TrainingOutcome outcome;
    connect(&job, &TrainingJob::finished, this, [&](const TrainingOutcome& end) {
      outcome = end;
      ended = true;
    });
    QSignalSpy model(&job, &TrainingJob::modelKnown);
    std::vector<PhaseEvent> looks;
    connect(&job, &TrainingJob::phaseChanged, this, [&](const PhaseEvent& phase) {
      if (phase.phase == RunPhase::Looking) looks.push_back(phase);
    });
    job.start(request(3));
    QVERIFY(job.isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(ended, 60000);
    QVERIFY(!job.isRunning());
    QVERIFY(!stepAfterEnd);
    QCOMPARE(steps, (std::vector<std::int64_t>{1, 2, 3}));
    QCOMPARE(model.size(), 1);
    QVERIFY(!looks.empty());  // nobody had looked at the data yet
    QCOMPARE(looks.back().done, 3);
    QCOMPARE(looks.back().of, 3);
    QCOMPARE(outcome.state, RunState::Finished);
    QCOMPARE(outcome.run, job.folder());
    QCOMPARE(RunFolder::open(outcome.run).status().state, RunState::Finished);
  }

  void aStopWhileTheDataAreLookedAtMakesNoRun() {
    TrainingJob job;
    std::optional<TrainingOutcome> outcome;
    connect(&job, &TrainingJob::finished, this, [&](const TrainingOutcome& end) { outcome = end; });
    QSignalSpy folder(&job, &TrainingJob::folderKnown);
    job.start(request(3));
    job.stop();
    QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), 60000);
    QCOMPARE(outcome->state, RunState::Interrupted);
    QVERIFY(outcome->run.empty());
    QVERIFY(folder.isEmpty());
  }

  void aStoppedRunGoesOnWhereItWas() {
    TrainingJob job;
    std::optional<TrainingOutcome> outcome;
    connect(&job, &TrainingJob::finished, this, [&](const TrainingOutcome& end) { outcome = end; });
    QSignalSpy steps(&job, &TrainingJob::steps);
    constexpr std::int64_t kAll = 12;
    job.start(request(kAll));
    QTRY_VERIFY_WITH_TIMEOUT(!steps.isEmpty(), 60000);
    job.stop();
    QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), 60000);
    QCOMPARE(outcome->state, RunState::Interrupted);
    QVERIFY(outcome->steps < kAll);

    const auto run = outcome->run;
    const auto before = outcome->steps;
    outcome.reset();
    std::int64_t firstAgain = 0;
    connect(&job, &TrainingJob::steps, this, [&](const std::vector<StepEvent>& events) {
      if (firstAgain == 0) firstAgain = events.front().step;
    });
    job.resume(run);
    QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), 120000);
    QCOMPARE(outcome->state, RunState::Finished);
    QCOMPARE(firstAgain, before + 1);
    QCOMPARE(outcome->steps, kAll);
  }

  void theEndOfTheJobLeavesAResumableRun() {
    std::filesystem::path run;
    {
      TrainingJob job;
      QSignalSpy steps(&job, &TrainingJob::steps);
      job.start(request(1000));
      QTRY_VERIFY_WITH_TIMEOUT(!steps.isEmpty(), 60000);
      run = job.folder();
    }
    const auto folder = RunFolder::open(run);
    QCOMPARE(folder.status().state, RunState::Interrupted);
    QVERIFY(std::filesystem::exists(folder.checkpoints() / "last.safetensors"));
  }

  void aPausedRunTakesNoStepUntilItGoesOn() {
    TrainingJob job;
    std::int64_t last = 0;
    connect(&job, &TrainingJob::steps, this,
            [&](const std::vector<StepEvent>& events) { last = events.back().step; });
    QSignalSpy ended(&job, &TrainingJob::finished);
    job.start(request(1000));
    QTRY_VERIFY_WITH_TIMEOUT(last > 0, 60000);
    bool paused = false;  // after the step that was being computed
    connect(&job, &TrainingJob::stateChanged, this,
            [&](RunState state) { paused = state == RunState::Paused; });
    job.pause();
    QVERIFY(job.isPaused());
    QTRY_VERIFY_WITH_TIMEOUT(paused, 60000);
    const auto at = last;
    QTest::qWait(600);
    QCOMPARE(last, at);
    job.goOn();
    QTRY_VERIFY_WITH_TIMEOUT(last > at, 60000);
    job.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
  }

  void whatGoesWrongComesAsASentence() {
    TrainingJob job;
    QSignalSpy failed(&job, &TrainingJob::failed);
    auto wrong = request(3);
    wrong.data = root_ / "nowhere";
    job.start(wrong);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QVERIFY(failed.first().first().toString().contains("nowhere"));
    QVERIFY(!job.isRunning());
  }
};

GUILESS_TEST(TrainingJobTest)
#include "training_job_test.moc"
