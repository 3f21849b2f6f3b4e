#include "app/work/run_plan.h"

#include <QTemporaryDir>
#include <QTest>

#include "app/work/training/training.h"
#include "core/base/error.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// What is known of a run before it starts.
class RunPlanTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();
  const fs::path data_ = writeTinyCohort(root_ / "data");

 private Q_SLOTS:
  void casesAreCountedAsTrainingWillTakeThem() {
    Cohort cohort = openCohort(data_);
    RunPlan plan = planRun(cohort, tinyConfig(5), root_ / "none");
    QCOMPARE(plan.train, std::size_t{2});
    QCOMPARE(plan.valid, std::size_t{1});
    QCOMPARE(plan.test, std::size_t{0});
    QCOMPARE(plan.excluded, std::size_t{0});
    QVERIFY2(plan.memory.starts_with("A training step takes about"), plan.memory.c_str());
    QVERIFY(plan.advice.empty());
    const std::string first = cohort.cases[0].id, second = cohort.cases[1].id;
    cohort.cases[2].verdict = Verdict::Excluded;
    cohort.splits = Splits{{"train", {first}}, {"test", {second}}};
    plan = planRun(cohort, tinyConfig(5), root_ / "none");
    QCOMPARE(plan.train, std::size_t{1});
    QCOMPARE(plan.valid, std::size_t{0});
    QCOMPARE(plan.test, std::size_t{1});
    QCOMPARE(plan.excluded, std::size_t{1});
    QCOMPARE(plan.validations, 0);  // on nothing
  }

  void foldsCountToo() {
    RunConfig config = tinyConfig(5);
    config.data.folds = 3;
    const RunPlan plan = planRun(openCohort(data_), config, root_ / "none");
    QCOMPARE(plan.train, std::size_t{2});
    QCOMPARE(plan.valid, std::size_t{1});
    config.data.folds = 9;
    QVERIFY_EXCEPTION_THROWN(planRun(openCohort(data_), config, root_ / "none"), Error);
  }

  /// Two time points of one patient stay together.
  void patientsCountAsTheyAreDealt() {
    Cohort cohort = openCohort(data_);
    cohort.cases[0].id = "P1-a";
    cohort.cases[1].id = "P1-b";
    cohort.cases[2].id = "P2-a";
    cohort.splits.reset();
    RunConfig config = tinyConfig(5);
    config.data.patient = "(P[0-9])-.*";
    const RunPlan plan = planRun(cohort, config, root_ / "none");
    QCOMPARE(plan.train + plan.valid, std::size_t{3});
    QVERIFY(plan.train == 1 || plan.train == 2);
    config.data.folds = 3;
    QVERIFY_EXCEPTION_THROWN(planRun(cohort, config, root_ / "none"), Error);  // of two patients
  }

  void aStepThatSurelyDoesNotFitSaysWhatToLower() {
    RunConfig config = tinyConfig(5);
    config.train.crop = 512;
    config.train.batch = 16;
    const RunPlan plan = planRun(openCohort(data_), config, root_ / "none");
    QVERIFY2(plan.advice.find("train.crop (512)") != std::string::npos, plan.advice.c_str());
  }

  /// Known only from a run with the settings that decide about it.
  void thePaceIsThatOfARunLikeIt() {
    RunConfig config = tinyConfig(5);
    config.train.validateEvery = 2;
    const Cohort cohort = openCohort(data_);
    QVERIFY(!planRun(cohort, config, root_ / "runs").pace);
    const fs::path run = startTraining({data_, root_ / "runs", config}, {}).run;
    config.train.steps = 50;
    config.train.lr = 0.1;
    const RunPlan plan = planRun(cohort, config, root_ / "runs");
    QCOMPARE(plan.validations, 25);
    QVERIFY(plan.pace.has_value());
    QCOMPARE(plan.pace->source, run.filename().string());
    double sum = 0;
    const auto steps = RunFolder::open(run).steps();
    for (std::size_t i = 1; i < steps.size(); ++i) sum += steps[i].seconds;
    QVERIFY(std::abs(plan.pace->secondsPerStep - sum / 4) < 1e-9);
    QVERIFY(plan.pace->secondsPerValidation.has_value());  // after steps 2 and 4 another follows
    for (const char* change : {"train.crop=32", "train.method=joint", "model.width=0.5",
                               "compute.threads=2", "gmd.subsets=full"}) {
      RunConfig other = config;
      setFromText(other, change);
      QVERIFY2(!planRun(cohort, other, root_ / "runs").pace, change);
    }
  }

  void aStepCanBeTried() {
    const KnownPace pace = tryStep(data_, tinyConfig(5));
    QVERIFY(pace.secondsPerStep > 0 && pace.secondsPerStep < 60);
    QVERIFY(pace.source.empty());
    QVERIFY(!fs::exists(root_ / "data" / "runs"));
  }

  void featuresAreWeighedByTryingThem() {
    const fs::path file = writeSentiment(root_ / "tiny.h5");
    const RunPlan plan = planRun(openCohort(file), tinyFeatureConfig(3), root_ / "none");
    QCOMPARE(plan.train, std::size_t{16});
    QCOMPARE(plan.valid, std::size_t{8});
    QVERIFY(!plan.memory.empty());
  }
};

GUILESS_TEST(RunPlanTest)
#include "run_plan_test.moc"
