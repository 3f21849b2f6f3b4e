#include "core/inference/samples/sample_predictions.h"

#include <QTest>

#include <torch/types.h>

#include "core/models/transformer/ds_transformer.h"
#include "core/models/transformer/fusion_transformer.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

Problem problemOf(Task task) {
  return {task, ModalitySchema({{"a", "A"}, {"b", "B"}}), InputLayout({{3, 1}, {2, 2}}),
          task == Task::Regression ? std::vector<std::string>{"value"}
                                   : std::vector<std::string>{"x", "y", "z"}};
}

template <typename Network>
std::shared_ptr<const MultimodalModel> networkOf(Task task) {
  return std::make_shared<const Network>(ModelSizes{8, 1, 2}, problemOf(task), Seed{1},
                                         torch::kCPU);
}

SampleEvaluation samplesOf(const torch::Tensor& x, const torch::Tensor& y) {
  SampleEvaluation samples;
  samples.count = static_cast<std::size_t>(x.size(0));
  samples.chunk = 4;
  samples.load = [x, y](std::size_t i) {
    const auto n = static_cast<std::int64_t>(i);
    // Every third sample really lacks b.
    const auto set = i % 3 == 0 ? ModalitySet(ModalityId(0)) : ModalitySet::firstOf(2);
    return Sample{std::string("s").append(std::to_string(i)), x[n], y[n], set};
  };
  return samples;
}

}  // namespace

class SamplePredictionsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void outputsAreTheNetworksOwnForEverySubset() {
    torch::manual_seed(1);
    const auto x = torch::randn({5, 7});
    for (const auto& network : {networkOf<DsTransformer>(Task::Classification),
                                networkOf<FusionTransformer>(Task::Classification)}) {
      const SamplePredictions predictions(network, x);
      for (const ModalitySet set : allSubsets(network->describe().schema))
        QVERIFY(torch::allclose(predictions.outputs(set), network->logits(x, set), 1e-5, 1e-6));
    }
  }

  void whatStandsInTakesThePlaceOfWhatIsLeftOut() {
    torch::manual_seed(6);
    const auto x = torch::randn({5, 7}), other = torch::randn({5, 7});
    const Problem problem = problemOf(Task::Classification);
    const ModalitySet all = problem.schema.all(), a{ModalityId(0)};
    const auto mixed = torch::cat({x.narrow(1, 0, 3), other.narrow(1, 3, 4)}, 1);
    for (const auto& network : {networkOf<DsTransformer>(Task::Classification),
                                networkOf<FusionTransformer>(Task::Classification)}) {
      const SamplePredictions predictions(network, problem.inputs, x, {other, all});
      QVERIFY(torch::allclose(predictions.outputs(all), network->logits(x, all), 1e-5, 1e-6));
      QVERIFY(torch::allclose(predictions.outputs(a), network->logits(mixed, all), 1e-5, 1e-6));
      const SamplePredictions lone(network, problem.inputs, x, {other, a});
      QVERIFY(torch::allclose(lone.outputs(a), network->logits(x, a), 1e-5, 1e-6));
    }
  }

  void aSubsetIsScoredOnTheSamplesThatHaveAllOfIt() {
    torch::manual_seed(2);
    const auto network = networkOf<DsTransformer>(Task::Classification);
    const auto x = torch::randn({10, 7});
    const auto y = torch::one_hot(torch::randint(0, 3, {10}), 3).to(torch::kFloat32);
    const auto table = scoreSamples(network, problemOf(Task::Classification), samplesOf(x, y));
    QCOMPARE(table->columns, (std::vector<std::string>{"accuracy", "f1"}));
    QCOMPARE(table->rows.size(), std::size_t{3});
    QCOMPARE(table->rows[0].cases, 6);  // both
    QCOMPARE(table->rows[1].cases, 10);
    const auto right = network->logits(x, table->rows[1].set).argmax(1).eq(y.argmax(1));
    QCOMPARE(table->rows[1].scores[0], right.to(torch::kFloat64).mean().item<double>());
  }

  void everySamplesOwnTableMeansToTheWhole() {
    torch::manual_seed(3);
    const auto network = networkOf<FusionTransformer>(Task::Regression);
    auto samples = samplesOf(torch::randn({9, 7}), torch::randn({9, 1}));
    double sum = 0;
    samples.each = [&](const std::string&, const SubsetTable& table) {
      sum += table.rows[1].scores[1];
    };
    const auto table = scoreSamples(network, problemOf(Task::Regression), samples);
    QVERIFY(std::abs(sum / 9 - table->rows[1].scores[1]) < 1e-6);
  }

  void someSubsetsAloneCanBeScored() {
    const auto network = networkOf<DsTransformer>(Task::Regression);
    auto samples = samplesOf(torch::randn({4, 7}), torch::randn({4, 1}));
    samples.subsets = {ModalitySet(ModalityId(1))};
    const auto table = scoreSamples(network, problemOf(Task::Regression), samples);
    QCOMPARE(table->rows.size(), std::size_t{1});
    QVERIFY(table->rows[0].set == ModalitySet(ModalityId(1)));
  }

  void aStopLeavesNothing() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!scoreSamples(networkOf<DsTransformer>(Task::Regression), problemOf(Task::Regression),
                          samplesOf(torch::randn({4, 7}), torch::randn({4, 1})), stop.get_token()));
  }

  void picturesAreScoredWherePixelsHaveAClass() {
    const Problem problem{Task::Segmentation2d,
                          ModalitySchema(std::vector<Modality>{{"a", "A"}}),
                          InputLayout::singleChannels(1),
                          {"ground", "hole"}};
    SampleScores scores(problem);
    auto f = torch::zeros({1, 2, 1, 3}), y = torch::zeros({1, 2, 1, 3});
    f.select(1, 1).fill_(1);  // all predicted as hole
    y[0][1][0][0] = 1;        // hole, ground, unknown
    y[0][0][0][1] = 1;
    scores.add(problem.schema.all(), f, y);
    const auto row = scores.table().rows.front();
    QCOMPARE(row.scores[1], 0.5);  // pixel accuracy
    QCOMPARE(row.scores[3], 0.5);  // hole
    QCOMPARE(row.scores[0], 0.25);
  }

  void theMainScoreIsTheMeanOfRegionsAndTheFirstOfOthers() {
    QCOMPARE(mainScore(Task::Segmentation3d, {0.5, 0.75, 1}), 0.75);
    QCOMPARE(mainScore(Task::Regression, {0.25, 7}), 0.25);
  }
};

GUILESS_TEST(SamplePredictionsTest)
#include "sample_predictions_test.moc"
