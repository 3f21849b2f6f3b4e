#include "app/pages/run_choice.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/jobs/run_list_job.h"
#include "app/pages/run_watch.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/runs/run_store.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

RunSummary summary(const char* folder, RunState state, std::int64_t step) {
  RunSummary run;
  run.folder = fs::path("/runs/a") / folder;
  run.status.state = state;
  run.status.step = step;
  run.status.steps = 60;
  run.method = "gmd";
  run.problem = bratsProblem();
  return run;
}

bool isOffered(const QComboBox& box, int row) {
  return box.model()->index(row, 0).flags().testFlag(Qt::ItemIsEnabled);
}

fs::path makeRun(const fs::path& folder) {
  const RunFolder run = RunFolder::createAt(folder, {});
  RunManifest manifest{bratsProblem()};
  manifest.spacing = {1, 1, 1};
  run.writeManifest(manifest);
  RunStatus status;
  status.state = RunState::Finished;
  run.writeStatus(status);
  fs::create_directories(run.checkpoints());
  writeAtomically(run.checkpoints() / "last.safetensors", "");
  return run.path();
}

}  // namespace

class RunChoiceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRunSaysItsStateMethodAndScore() {
    RunSummary run = summary("20261122-160805-tour-7fb0", RunState::Finished, 60);
    run.score = 0.7124;
    run.scoreName = "mean Dice";
    QCOMPARE(runWords(run),
             u"tour-7fb0  ·  finished  ·  gmd  ·  mean Dice 0.712  ·  22 Nov 16:08"_qs);
    run = summary("mine", RunState::Interrupted, 12);
    QCOMPARE(runWords(run), u"mine  ·  interrupted at 12 of 60  ·  gmd"_qs);
  }

  void aRunWithoutACheckpointIsGreyAndSaysWhy() {
    RunSummary none = summary("none", RunState::Running, 1);
    none.whyNot = "The run has no checkpoint yet.";
    QComboBox box;
    fillRuns(box, {none, summary("good", RunState::Finished, 60)}, {});
    QCOMPARE(box.count(), 3);
    QVERIFY(!isOffered(box, 1) && isOffered(box, 2));
    QVERIFY(box.itemText(1).contains("no checkpoint"));
    QVERIFY(box.itemData(1, Qt::ToolTipRole).toString().contains("The run has no checkpoint yet."));
    QCOMPARE(box.currentIndex(), 0);  // "No run"
  }

  void theChosenRunStaysChosenWhereverItLies() {
    const QTemporaryDir elsewhere;
    const fs::path chosen = elsewhere.path().toStdString();
    QComboBox box;
    fillRuns(box, {summary("good", RunState::Finished, 60)}, chosen);
    QCOMPARE(box.currentData().toString(), elsewhere.path());
    fillRuns(box, {summary("good", RunState::Finished, 60)}, "/runs/a/good");
    QCOMPARE(box.currentIndex(), 1);
    QCOMPARE(box.count(), 2);
  }

  void hundredsOfRunsDoNotHoldUpTheWindow() {
    const QTemporaryDir folder;
    const fs::path root = fs::canonical(folder.path().toStdString());
    const fs::path first = makeRun(root / "a" / "0");
    for (int i = 1; i < 500; ++i)
      fs::copy(first, root / "a" / std::to_string(i), fs::copy_options::recursive);
    RunListJob job;
    QComboBox box;
    QElapsedTimer clock;
    qint64 busy = 0;
    connect(&job, &RunListJob::listed, &box, [&](const auto& runs) {
      clock.start();
      fillRuns(box, *runs, {});
      busy += clock.elapsed();
    });
    clock.start();
    job.list(root);
    busy += clock.elapsed();
    QTRY_COMPARE_WITH_TIMEOUT(box.count(), 501, 60000);
    QVERIFY2(busy < 1000, qPrintable(QString("%1 ms").arg(busy)));
  }

  void aNewRunIsNoticed() {
    const QTemporaryDir folder;
    const fs::path root = fs::canonical(folder.path().toStdString());
    makeRun(root / "a" / "0");
    RunWatch watch;
    QSignalSpy changed(&watch, &RunWatch::changed);
    watch.watch(root, RunSurvey().look(root));
    makeRun(root / "a" / "1");
    QVERIFY(changed.wait(10000));
    QCOMPARE(changed.size(), 1);  // once for all that happened
    watch.watch(root, RunSurvey().look(root));
    fs::remove_all(root / "a" / "0");
    QVERIFY(changed.wait(10000));
  }

  void anAdaptedNetworkIsToldFromItsBase() {
    const QTemporaryDir folder;
    const fs::path runs = folder.path().toStdString();
    const fs::path run = makeRun(runs / "default" / "mine");
    QComboBox box;
    fillRuns(box, RunSurvey().look(runs), {});
    QVERIFY2(box.itemText(1).startsWith("mine  ·  finished  ·  "), qPrintable(box.itemText(1)));
    QVERIFY(!box.itemText(1).contains("with adapters"));
    writeAtomically(run / "adapters.safetensors", "");
    fillRuns(box, RunSurvey().look(runs), {});
    QVERIFY(box.itemText(1).contains("  ·  with adapters"));
  }
};

WINDOW_TEST(RunChoiceTest)
#include "run_choice_test.moc"
