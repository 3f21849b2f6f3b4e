#include "app/work/run_survey.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/runs/metrics_line.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

struct Made {
  RunState state = RunState::Finished;
  std::int64_t step = 60;
  bool checkpoint = true;
};

/// A folder as a run leaves it, without weights.
fs::path makeRun(const fs::path& folder, const Made& made) {
  RunConfig config;
  config.train.method = "joint";
  const RunFolder run = RunFolder::createAt(folder, config);
  RunManifest manifest{bratsProblem()};
  manifest.spacing = {1, 1, 1};
  run.writeManifest(manifest);
  RunStatus status;
  status.state = made.state;
  status.step = made.step;
  status.steps = 60;
  run.writeStatus(status);
  fs::create_directories(run.checkpoints());
  if (made.checkpoint) writeAtomically(run.checkpoints() / "last.safetensors", "");
  return run.path();
}

void recordValidation(const fs::path& run, std::int64_t step, std::vector<double> scores) {
  std::ofstream out(RunFolder::open(run).metrics(), std::ios::app);
  out << metricsLine(ValidationEvent{step, {"wt", "tc", "et"}, std::move(scores), true}) << '\n';
}

}  // namespace

class RunSurveyTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  fs::path root_;

 private Q_SLOTS:
  void init() {
    static int place = 0;
    root_ = fs::canonical(folder_.path().toStdString()) / std::to_string(++place);
    fs::create_directories(root_ / "a");
  }

  void aRunSaysHowItStandsAndWhatItScored() {
    const fs::path run = makeRun(root_ / "a" / "20260101-000001-x-0001", {});
    recordValidation(run, 20, {0.9, 0.9, 0.9});
    recordValidation(run, 60, {0.9, 0.6, 0.3});
    std::ofstream(RunFolder::open(run).metrics(), std::ios::app) << "{\"type\":\"valid";  // cut
    const auto runs = RunSurvey().look(root_);
    QCOMPARE(runs.size(), std::size_t{1});
    QCOMPARE(runs[0].folder, run);
    QCOMPARE(runs[0].status.state, RunState::Finished);
    QCOMPARE(runs[0].method, std::string("joint"));
    QCOMPARE(runs[0].scoreName, std::string("mean Dice"));
    QCOMPARE(*runs[0].score, 0.6);  // of the last one
    QVERIFY(runs[0].whyNot.empty());
  }

  void aRunWithoutACheckpointSaysSo() {
    makeRun(root_ / "a" / "20260101-000001-x-0001", {.checkpoint = false});
    const auto runs = RunSurvey().look(root_);
    QCOMPARE(runs[0].whyNot, std::string("The run has no checkpoint yet."));
    QVERIFY(!runs[0].score);
  }

  void aDamagedRunIsListedWithItsReasonAndHidesNoOther() {
    const fs::path bad = makeRun(root_ / "a" / "20260101-000002-x-0002", {});
    writeAtomically(bad / "manifest.json", "{");
    makeRun(root_ / "a" / "20260101-000001-x-0001", {});
    const auto runs = RunSurvey().look(root_);
    QCOMPARE(runs.size(), std::size_t{2});
    QVERIFY(runs[0].whyNot.find("manifest.json") != std::string::npos);
    QVERIFY(runs[1].whyNot.empty());
  }

  void aSecondLookSeesWhatHasChanged() {
    const fs::path run = makeRun(root_ / "a" / "20260101-000001-x-0001",
                                 {.state = RunState::Interrupted, .step = 12, .checkpoint = false});
    RunSurvey survey;
    QVERIFY(!survey.look(root_)[0].whyNot.empty());
    writeAtomically(run / "checkpoints" / "last.safetensors", "");
    recordValidation(run, 20, {0.5, 0.5, 0.5});
    const auto runs = survey.look(root_);
    QVERIFY(runs[0].whyNot.empty());
    QCOMPARE(*runs[0].score, 0.5);
    fs::remove_all(run);
    QVERIFY(survey.look(root_).empty());
  }

  void theNewestThatIsFinishedComesFirst() {
    makeRun(root_ / "a" / "20260101-000001-old-0001", {});
    const fs::path done = makeRun(root_ / "a" / "20260101-000002-done-0002", {});
    makeRun(root_ / "a" / "20260101-000003-cut-0003", {.state = RunState::Interrupted, .step = 12});
    makeRun(root_ / "a" / "20260101-000004-none-0004", {.checkpoint = false});
    const auto runs = RunSurvey().look(root_);
    QCOMPARE(runs.size(), std::size_t{4});
    QCOMPARE(firstToOpen(runs)->folder, done);
    QVERIFY(firstToOpen(runs, bratsProblem()) != nullptr);
    Problem features = bratsProblem();
    features.task = Task::Classification;
    QVERIFY(firstToOpen(runs, features) == nullptr);
  }

  void aRunForOtherVolumesDoesNotFit() {
    const Problem brats = bratsProblem();
    QVERIFY(fits(brats, bratsProblem()));
    Problem other = brats;
    other.schema = ModalitySchema({{"ct", "CT"}, {"pet", "PET"}, {"t1", "T1"}, {"t2", "T2"}});
    QVERIFY(!fits(brats, other));
    other = brats;
    other.regions = RegionSchema({{1, "Liver"}}, {{"liver", "Liver", "liver", {1}}});
    QVERIFY(!fits(brats, other));
    other.regions = brats.regions;
    other.outputs = {"named", "other", "wise"};  // of volumes, the regions tell
    QVERIFY(fits(brats, other));
  }

  void withoutAFinishedOneTheFarthestIs() {
    const fs::path far = makeRun(root_ / "a" / "20260101-000001-far-0001",
                                 {.state = RunState::Interrupted, .step = 40});
    makeRun(root_ / "a" / "20260101-000002-cut-0002", {.state = RunState::Failed, .step = 12});
    QCOMPARE(firstToOpen(RunSurvey().look(root_))->folder, far);
    QVERIFY(firstToOpen({}) == nullptr);
  }

  void aPathIsWhatLiesThere() {
    const fs::path run = makeRun(root_ / "a" / "20260101-000001-x-0001", {});
    for (const fs::path& inside :
         {run, run / "", run / "state.json", run / "checkpoints", run / "checkpoints" / "",
          run / "checkpoints" / "last.safetensors", run / "metrics.jsonl"}) {
      QVERIFY2(whatIs(inside).kind == PathKind::Run, inside.c_str());
      QCOMPARE(whatIs(inside).path, run);
    }
    QVERIFY(whatIs(run / "config.toml").kind == PathKind::Config);
    QVERIFY(whatIs(root_).kind == PathKind::Data);
    QVERIFY(whatIs(root_ / "a").kind == PathKind::Data);
    QVERIFY(whatIs("/no/such/folder").kind == PathKind::Data);
    writeAtomically(root_ / "own.toml", "");
    QVERIFY(whatIs(root_ / "own.toml").kind == PathKind::Config);
    fs::create_directories(root_ / "case.toml");  // a folder is no file of settings
    QVERIFY(whatIs(root_ / "case.toml").kind == PathKind::Data);
  }
};

APPLESS_TEST(RunSurveyTest)
#include "run_survey_test.moc"
