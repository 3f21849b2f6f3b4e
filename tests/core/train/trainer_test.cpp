#include "core/train/trainer.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <torch/types.h>

#include "core/base/error.h"
#include "core/models/factory/model_factory.h"
#include "core/phantom/phantom.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

struct Heard : TrainObserver {
  std::vector<StepEvent> steps;
  std::vector<RunState> states;
  std::vector<std::int64_t> checkpoints;
  std::function<void(const StepEvent&)> afterStep = [](const StepEvent&) {};

  void onStep(const StepEvent& event) override {
    steps.push_back(event);
    afterStep(event);
  }
  void onState(RunState state, const std::string&) override { states.push_back(state); }
  void onCheckpoint(std::int64_t step) override { checkpoints.push_back(step); }
};

bool hasCheckpoint(const QTemporaryDir& folder) {
  return QFile::exists(folder.filePath("last.safetensors"));
}

std::shared_ptr<const LabelledCase> phantom(int index) {
  PhantomOptions options;
  options.size = 24;
  options.spacing = 6;
  return std::make_shared<const LabelledCase>(
      prepare(LabelledPatient(makePhantom(options, index)), {6, 6, 6}, Preprocessing::ZScore));
}

/// A tiny run on two phantoms, weights and checkpoints in `folder`.
struct TinyRun {
  RunConfig config;
  std::shared_ptr<MultimodalModel> model;
  std::unique_ptr<Trainer> trainer;

  TinyRun(const QTemporaryDir& folder, const std::string& method, double rate = 1e-3) {
    config.train.method = method;
    config.train.steps = 6;
    config.train.crop = 16;
    config.train.lr = rate;
    config.train.checkpointEvery = 2;
    config.train.observeEvery = 3;
    model = makeModel(config, bratsProblem(), torch::kCPU);
    const std::vector<std::shared_ptr<const LabelledCase>> cases{phantom(0), phantom(1)};
    SamplerOptions options;
    options.crop = config.train.crop;
    const auto sampler = std::make_shared<const CropSampler>(
        options, cases.size(), bratsProblem(), [cases](std::size_t i) { return cases[i]; });
    trainer = std::make_unique<Trainer>(
        TrainerParts{config, model, sampler, folder.path().toStdString(), {}});
  }
};

}  // namespace

class TrainerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gmdMeasuresEveryStepAndJointEveryFew() {
    const QTemporaryDir first, second;
    Heard gmd, joint;
    TinyRun(first, "gmd").trainer->run(gmd, nullptr, {});
    TinyRun(second, "joint").trainer->run(joint, nullptr, {});
    for (const StepEvent& event : gmd.steps) {
      QVERIFY(event.gradients.has_value());
      QCOMPARE(event.subsets.size(), std::size_t{15});
      QCOMPARE(event.gradients->gram.rows(), std::size_t{15});
      double shares = 0;
      for (const double share : event.gradients->shares) shares += share;
      QVERIFY(std::abs(shares - 1) < 1e-9);
    }
    for (const StepEvent& event : joint.steps)
      QCOMPARE(event.gradients.has_value(), (event.step - 1) % 3 == 0);
  }

  void theLossFallsOnOneCase() {
    const QTemporaryDir folder;
    Heard heard;
    TinyRun run(folder, "joint", 1e-2);
    run.trainer->run(heard, nullptr, {});
    QVERIFY(heard.steps.back().meanLoss < heard.steps.front().meanLoss);
    QCOMPARE(heard.steps.size(), std::size_t{6});
    QVERIFY(heard.steps.front().learningRate > heard.steps.back().learningRate);
  }

  void aRunThatWasStoppedGoesOnToTheSameWeights_data() {
    QTest::addColumn<QString>("method");
    QTest::newRow("joint") << "joint";
    QTest::newRow("gmd") << "gmd";
  }
  void aRunThatWasStoppedGoesOnToTheSameWeights() {
    QFETCH(QString, method);
    const QTemporaryDir straight, broken;
    Heard heard;
    TinyRun whole(straight, method.toStdString());
    QCOMPARE(whole.trainer->run(heard, nullptr, {}), RunState::Finished);

    TinyRun first(broken, method.toStdString());
    std::stop_source stop;
    Heard untilThree;
    untilThree.afterStep = [&](const StepEvent& event) {
      if (event.step == 3) stop.request_stop();
    };
    QCOMPARE(first.trainer->run(untilThree, nullptr, stop.get_token()), RunState::Interrupted);
    TinyRun second(broken, method.toStdString());
    QCOMPARE(second.trainer->resume(), 3);
    second.trainer->run(heard, nullptr, {});
    QVERIFY(torch::equal(second.model->parameters(), whole.model->parameters()));
  }

  void aPausedRunWaitsAndLeavesACheckpoint() {
    const QTemporaryDir folder;
    TinyRun run(folder, "joint");
    PauseSwitch pause;
    Heard heard;
    heard.afterStep = [&](const StepEvent& event) {
      if (event.step == 1) pause.pause();
    };
    std::jthread training([&] { run.trainer->run(heard, &pause, {}); });
    QTRY_VERIFY(hasCheckpoint(folder));
    QTest::qWait(100);
    QCOMPARE(heard.steps.size(), std::size_t{1});
    pause.resume();
    training.join();
    QCOMPARE(heard.steps.size(), std::size_t{6});
    QVERIFY(std::count(heard.states.begin(), heard.states.end(), RunState::Paused) == 1);
  }

  void aLossThatIsNoNumberStopsBeforeTheWeightsChange() {
    const QTemporaryDir folder;
    TinyRun run(folder, "joint");
    run.model->parameters().fill_(std::numeric_limits<float>::quiet_NaN());
    Heard heard;
    try {
      run.trainer->run(heard, nullptr, {});
      QFAIL("nothing was thrown");
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).contains("step 1"));
      QVERIFY(QString(error.what()).contains("Phantom_"));
    }
    QVERIFY(heard.steps.empty());
    QVERIFY(!hasCheckpoint(folder));
  }
};

GUILESS_TEST(TrainerTest)
#include "trainer_test.moc"
