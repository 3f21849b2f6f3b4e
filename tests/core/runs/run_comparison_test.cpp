#include "core/runs/run_comparison.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/runs/recording/run_recorder.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

StepEvent stepAt(std::int64_t step) {
  StepEvent event;
  event.step = step;
  event.cases = {"a"};
  event.subsets = {ModalitySet::firstOf(4), ModalitySet(ModalityId(0)).with(ModalityId(2))};
  event.losses = {0.1 * static_cast<double>(step), 0.3};
  event.meanLoss = 0.2;
  event.learningRate = 1e-3;
  event.gradients.emplace();
  event.gradients->modalityNorms = {1, 2, std::nan(""), 4};
  event.gradients->gram = {{4, -2}, {-2, 0.1}};
  event.gradients->mergedNorm = 2;
  return event;
}

std::vector<StepEvent> steps(std::int64_t count) {
  std::vector<StepEvent> events;
  for (std::int64_t step = 1; step <= count; ++step) events.push_back(stepAt(step));
  return events;
}

double next(double value) {
  return std::nextafter(value, 1e9);
}

}  // namespace

class RunComparisonTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;

  RunFolder runOf(const std::vector<StepEvent>& events) const {
    const RunFolder run = RunFolder::create(temporary_.path().toStdString(), RunConfig{});
    RunManifest manifest{bratsProblem()};
    manifest.versions = {{"torch", "1.13.1"}};
    manifest.device = "cpu";
    manifest.threads = 2;
    manifest.spacing = {1, 1, 1};
    manifest.processor = "a processor";
    run.writeManifest(manifest);
    RunRecorder recorder(run);
    for (const StepEvent& event : events) recorder.onStep(event);
    return run;
  }
  static void saveWeights(const RunFolder& run, int step, const std::string& bytes) {
    writeAtomically(run.checkpoints() / "last.safetensors", bytes);
    writeAtomically(run.checkpoints() / "last.json", "{\"step\": " + std::to_string(step) + "}");
  }

 private Q_SLOTS:
  void twoRunsOfTheSameNumbersAreTheSame() {
    const RunFolder a = runOf(steps(3));
    std::vector<StepEvent> slower = steps(3);
    slower[1].seconds = 99;  // times do not count
    const RunFolder b = runOf(slower);
    saveWeights(a, 3, "weights");
    saveWeights(b, 3, "weights");
    const RunComparison comparison = compareRuns(a, b);
    QVERIFY(!comparison.difference);
    QCOMPARE(comparison.steps, std::int64_t{3});
    QCOMPARE(verdictOf(comparison), std::string("same: 3 steps and the weights agree bit for bit"));
  }

  void theFirstOtherBitIsNamed_data() {
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("names");
    QTest::newRow("loss") << 0 << "differs from step 2 (loss of t1+t2: 0.3 and 0.3000";
    QTest::newRow("gradient norm") << 1 << "differs from step 2 (gradient norm of t1ce: 2 and 2.0";
    QTest::newRow("inner product") << 2 << "differs from step 2 (inner product";
    QTest::newRow("cases") << 3 << "differs from step 2 (the cases";
    QTest::newRow("sign of zero") << 4 << "differs from step 2 (loss of t1+t1ce+t2+flair";
    QTest::newRow("no gradients") << 5 << "differs from step 2 (whether gradients";
  }
  void theFirstOtherBitIsNamed() {
    QFETCH(int, what);
    QFETCH(QString, names);
    std::vector<StepEvent> before = steps(3), after = steps(3);
    before[1].losses[0] = 0;
    after[1].losses[0] = what == 4 ? -0.0 : 0;
    after[2].meanLoss = 7;  // a later difference
    if (what == 0) after[1].losses[1] = next(0.3);
    if (what == 1) after[1].gradients->modalityNorms[1] = next(2);
    if (what == 2) after[1].gradients->gram = {{4, next(-2)}, {next(-2), 0.1}};
    if (what == 3) after[1].cases = {"b"};
    if (what == 5) after[1].gradients.reset();
    const std::string verdict = verdictOf(compareRuns(runOf(before), runOf(after)));
    QVERIFY2(verdict.starts_with(names.toStdString()), verdict.c_str());
  }

  void weightsOfOneStepAreComparedByteByByte() {
    const RunFolder a = runOf(steps(2));
    const RunFolder b = runOf(steps(2));
    saveWeights(a, 2, "weights");
    saveWeights(b, 2, "weightz");
    QCOMPARE(verdictOf(compareRuns(a, b)),
             std::string("differs from step 2 (the weights of the checkpoint)"));
    saveWeights(b, 1, "weightz");  // an earlier checkpoint says nothing
    const RunComparison comparison = compareRuns(a, b);
    QVERIFY(!comparison.difference && !comparison.weights);
  }

  void anEarlierValidationCountsBeforeALaterStep() {
    std::vector<StepEvent> later = steps(3);
    later[2].meanLoss = 7;
    const RunFolder a = runOf(steps(3));
    const RunFolder b = runOf(later);
    RunRecorder(a).onValidation({2, {"wt"}, {0.5}, true});
    RunRecorder(b).onValidation({2, {"wt"}, {0.25}, true});
    QCOMPARE(verdictOf(compareRuns(a, b)),
             std::string("differs from step 2 (validation dice_wt: 0.5 and 0.25)"));
  }

  void onlyStepsThatBothHaveAreCompared() {
    QCOMPARE(compareRuns(runOf(steps(5)), runOf(steps(2))).steps, std::int64_t{2});
    QVERIFY(contains(sentenceOf([&] { compareRuns(runOf(steps(5)), runOf({})); }), "no step"));
  }

  void anotherMachineIsAReasonToDiffer() {
    const RunFolder a = runOf({});
    const RunFolder b = runOf({});
    QVERIFY(reasonsToDiffer(a, b).empty());
    RunManifest other = b.manifest();
    other.versions = {{"torch", "2.6"}, {"compiler", "14"}};
    other.threads = 8;
    b.writeManifest(other);
    const auto reasons = reasonsToDiffer(a, b);
    QCOMPARE(reasons.size(), std::size_t{3});
    QVERIFY(contains(reasons[0], "compiler"));
    QVERIFY(contains(reasons[1], "torch") && contains(reasons[1], "2.6"));
    QVERIFY(contains(reasons[2], "threads"));
  }

  void anotherSettingIsAReasonToDiffer() {
    const RunFolder a = runOf({});
    RunConfig config;
    config.train.lr = 0.5;
    config.run.name = "other";  // a name changes nothing
    const RunFolder b = RunFolder::create(temporary_.path().toStdString(), config);
    b.writeManifest(a.manifest());
    const auto reasons = reasonsToDiffer(a, b);
    QCOMPARE(reasons.size(), std::size_t{1});
    QVERIFY(contains(reasons[0], "train.lr"));
  }
};

APPLESS_TEST(RunComparisonTest)
#include "run_comparison_test.moc"
