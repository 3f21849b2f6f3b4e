#include "core/adapters/adapter_trainer.h"

#include <QTest>
#include <limits>

#include <torch/types.h>

#include "core/problem/brats.h"
#include "tests/core/adapters/toy_network.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

ModalitySet setOf(const char* keys) {
  return parseModalities(bratsModalities(), keys);
}

/// What the frozen network says with all modalities is to be said from fewer.
Batch batchOf(const MultimodalModel& base, std::int64_t samples = 2) {
  const ModalitySet all = bratsModalities().all();
  Batch batch;
  batch.x = torch::randn({samples, 4, 6, 6, 6});
  batch.y = (base.logits(batch.x, all) > 0).to(torch::kFloat32);
  batch.available.assign(static_cast<std::size_t>(samples), all);
  batch.cases.assign(static_cast<std::size_t>(samples), "A");
  return batch;
}

LossAndGradient lossOf(const torch::Tensor& logits, const torch::Tensor& target) {
  return lossAndGradient(logits, target, LossKind::DiceBce);
}

struct Setting {
  std::shared_ptr<ToyNetwork> base = std::make_shared<ToyNetwork>();
  Batch batch = batchOf(*base);
  std::vector<double> losses;
  AdapterTask task{.base = base,
                   .method = {},
                   .set = setOf("t1,t2"),
                   .batch = [this](std::int64_t) { return batch; },
                   .loss = lossOf,
                   .steps = 60,
                   .learningRate = 0.02,
                   .onStep = [this](const AdapterStep& step) { losses.push_back(step.loss); }};

  Setting() = default;
  Setting(const Setting&) = delete;
  AdapterResult run(std::stop_token stop = {}) { return AdapterTrainer(task).run(stop); }
  torch::Tensor start() const {
    return makeAdapter(task.method, adaptedLayers(base->layout(), task.set))->start();
  }
};

}  // namespace

class AdapterTrainerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void theLossFallsAndTheBaseStays_data() {
    QTest::addColumn<QString>("method");
    for (const char* method : {"ssf", "bitfit", "lora", "norm"}) QTest::newRow(method) << method;
  }
  void theLossFallsAndTheBaseStays() {
    QFETCH(QString, method);
    Setting setting;
    setting.task.method.kind = method.toStdString();
    setting.task.method.rank = 2;
    const auto before = setting.base->parameters().clone();
    const AdapterResult result = setting.run();
    QVERIFY(torch::equal(setting.base->parameters(), before));
    QCOMPARE(setting.losses.size(), std::size_t{60});
    QCOMPARE(result.step, 60);
    QVERIFY(!result.score);
    // The first loss is the frozen network's, and the result has what was learnt.
    const auto frozen = setting.base->logits(setting.batch.x, setting.task.set);
    QCOMPARE(setting.losses.front(), lossOf(frozen, setting.batch.y).loss.item<double>());
    AdapterSet adapters(setting.task.method, *setting.base);
    adapters.put(setting.task.set, result.delta);
    const auto network = setting.base->copy();
    const LearntAdapter& learnt = *adapters.find(setting.task.set);
    learnt.adapter->apply(before, learnt.delta, network->parameters());
    const double after = lossOf(network->logits(setting.batch.x, setting.task.set), setting.batch.y)
                             .loss.item<double>();
    QVERIFY2(after < 0.95 * setting.losses.front(), std::to_string(after).c_str());
    QVERIFY(after <= 1.001 * setting.losses.back());
  }

  void theFirstStepIsAdamsAlongTheGradient() {
    Setting setting;
    setting.task.steps = 1;
    const auto adapter = makeAdapter({}, adaptedLayers(setting.base->layout(), setting.task.set));
    const auto tape = setting.base->recordSubsets(setting.batch.x, {setting.task.set});
    const auto found = lossOf(tape->outputs()[0], setting.batch.y);
    const auto g = adapter->pullBack(setting.base->parameters(), adapter->start(),
                                     tape->pullBack({found.gradient}));
    // m/√v = g/|g| in the first step, but for ε.
    const auto expected = adapter->start() - 0.02 * g / (g.abs() + 1e-8);
    QVERIFY(torch::allclose(setting.run().delta, expected, 1e-4, 1e-5));
  }

  void theSameTaskGivesTheSameResult() {
    Setting setting;
    setting.task.method = {"lora", 2, 2, Seed{5}};
    const auto first = setting.run().delta, second = setting.run().delta;
    QVERIFY(torch::equal(first, second));
    setting.task.method.seed = Seed{6};
    QVERIFY(!torch::equal(setting.run().delta, first));
  }

  void theFrozenNetworkIsKeptWhenAllElseIsWorse() {
    Setting setting;
    int asked = 0;
    setting.task.validate = [&](const MultimodalModel&, std::int64_t) { return -asked++; };
    setting.task.validateEvery = 25;
    const AdapterResult result = setting.run();
    QCOMPARE(asked, 4);  // 0, 25, 50, 60
    QCOMPARE(result.step, 0);
    QCOMPARE(result.stepsDone, 60);
    QCOMPARE(*result.frozenScore, 0.0);
    QCOMPARE(*result.score, 0.0);
    QVERIFY(torch::equal(result.delta, setting.start()));
  }

  void theBestValidatedIsKept() {
    Setting setting;
    const std::vector<double> scores{0.1, 0.3, 0.2, std::numeric_limits<double>::quiet_NaN()};
    std::vector<torch::Tensor> seen;
    setting.task.validate = [&](const MultimodalModel& model, std::int64_t) {
      seen.push_back(model.parameters().clone());
      return scores[seen.size() - 1];
    };
    setting.task.validateEvery = 20;
    const AdapterResult result = setting.run();
    QCOMPARE(seen.size(), scores.size());
    QVERIFY(torch::equal(seen[0], setting.base->parameters()));
    QCOMPARE(result.step, 20);
    QCOMPARE(*result.frozenScore, 0.1);
    QCOMPARE(*result.score, 0.3);
    const auto adapter = makeAdapter({}, adaptedLayers(setting.base->layout(), setting.task.set));
    QVERIFY(torch::equal(adapter->effective(setting.base->parameters(), result.delta), seen[1]));
    QVERIFY(!torch::equal(seen[1], seen[2]));
  }

  void aScoreThatIsNoNumberIsWorseThanAnyNumber() {
    Setting setting;
    int asked = 0;
    setting.task.validate = [&](const MultimodalModel&, std::int64_t) {
      return asked++ == 0 ? std::numeric_limits<double>::quiet_NaN() : -1.0;
    };
    QCOMPARE(setting.run().step, 60);
  }

  void aStopBeforeTheFirstSampleThatCountsIsNoFault() {
    Setting setting;
    setting.batch.available.assign(2, setOf("flair"));
    std::stop_source stop;
    setting.task.batch = [&](std::int64_t step) {
      if (step == 3) stop.request_stop();
      return setting.batch;
    };
    QCOMPARE(setting.run(stop.get_token()).stepsDone, 4);
  }

  void aSampleThatLacksAModalityDoesNotCount() {
    Setting setting;
    const auto alone = setting.run().delta;
    Setting other;
    other.base = setting.base;
    other.task.base = setting.base;
    other.batch.x = torch::cat({setting.batch.x, torch::full({1, 4, 6, 6, 6}, NAN)});
    other.batch.y = torch::cat({setting.batch.y, torch::ones({1, 3, 6, 6, 6})});
    other.batch.available = setting.batch.available;
    other.batch.available.push_back(setOf("t1,flair"));
    QVERIFY(torch::equal(other.run().delta, alone));

    other.batch.available.assign(3, setOf("t1,flair"));
    const std::string sentence = sentenceOf([&] { other.run(); });
    QVERIFY2(contains(sentence, "T1, T2"), sentence.c_str());
  }

  void aLossThatIsNoNumberNamesSubsetAndStep() {
    Setting setting;
    setting.task.batch = [&](std::int64_t step) {
      Batch batch = setting.batch;
      if (step == 4) batch.y = torch::full_like(batch.y, NAN);
      return batch;
    };
    const auto error = thrownBy([&] { setting.run(); });
    QVERIFY(error);
    QVERIFY2(contains(error->what(), "step 5") && contains(error->what(), "T1, T2"), error->what());
    QCOMPARE(setting.losses.size(), std::size_t{4});
  }

  void aStopIsHeardAtTheNextStep() {
    Setting setting;
    std::stop_source stop;
    setting.task.onStep = [&](const AdapterStep& step) {
      if (step.step == 3) stop.request_stop();
    };
    const AdapterResult result = setting.run(stop.get_token());
    QCOMPARE(result.stepsDone, 3);
    QVERIFY(!torch::equal(result.delta, setting.start()));
  }

  void theFullSetNeedsNoAdapter() {
    Setting setting;
    setting.task.set = bratsModalities().all();
    QVERIFY(contains(sentenceOf([&] { setting.run(); }), "frozen network"));
  }

  void aDedicatedNetworkLearnsEverythingFromWeightsOfItsOwn() {
    Setting setting;
    setting.task.method.kind = "dedicated";
    setting.task.method.initial = torch::randn_like(setting.base->parameters()) * 0.1;
    const torch::Tensor before = setting.base->parameters().clone();
    const AdapterResult result = setting.run();
    QCOMPARE(result.delta.size(0), setting.base->layout().total());
    QVERIFY(!torch::equal(result.delta, setting.task.method.initial));
    QVERIFY(setting.losses.back() < setting.losses.front());
    QVERIFY(torch::equal(setting.base->parameters(), before));
  }
};

APPLESS_TEST(AdapterTrainerTest)
#include "adapter_trainer_test.moc"
