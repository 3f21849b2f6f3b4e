#include "core/adapters/adapter.h"

#include <QTest>

#include <torch/types.h>

#include "core/models/factory/model_factory.h"
#include "core/networks/adapter_facts.h"
#include "core/networks/fact_rows.h"
#include "core/networks/network_facts.h"
#include "core/problem/brats.h"
#include "tests/core/adapters/toy_network.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

const ModalitySchema& brats() {
  return bratsModalities();
}

ModalitySet setOf(const char* keys) {
  return parseModalities(brats(), keys);
}

std::unique_ptr<MultimodalModel> make(const std::string& kind, double width = 0.25) {
  RunConfig config;
  config.model.kind = kind;
  config.model.width = width;
  auto model = makeModel(config, bratsProblem(), torch::kCPU);
  model->parameters().add_(0.02 * torch::randn_like(model->parameters()));
  return model;
}

std::unique_ptr<Adapter> adapterOf(const std::string& method, const MultimodalModel& model,
                                   ModalitySet set) {
  return makeAdapter({method}, adaptedLayers(model.layout(), set));
}

std::int64_t countOf(const std::string& method, const MultimodalModel& model, ModalitySet set) {
  return adapterOf(method, model, set)->count();
}

torch::Tensor partNamed(const Adapter& adapter, const torch::Tensor& delta,
                        const std::string& name) {
  for (const ParameterBlock& block : adapter.layout().blocks())
    if (block.name == name) return delta.narrow(0, block.offset, block.size).view(block.shape);
  return {};
}

/// The toy's parameter block, of a flat vector.
torch::Tensor blockOf(const ToyNetwork& toy, const torch::Tensor& flat, std::size_t block) {
  return flat.narrow(0, toy.layout()[block].offset, toy.layout()[block].size)
      .view(toy.layout()[block].shape);
}

/// Networks of volumes whose subsets have parameters in common.
std::vector<std::string> networksThatShare() {
  auto names = namesOf(networksOf(DataKind::Volumes));
  std::erase_if(names, [](const std::string& name) { return !make(name)->sharesParameters(); });
  return names;
}

/// Those that follow layers.
std::vector<std::string> methodsOfLayers() {
  auto rows = adapterKinds();
  std::erase_if(rows, [](const AdapterFacts& row) { return row.isNetwork; });
  return namesOf(rows);
}

}  // namespace

class AdapterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void theStartIsTheFrozenNetworkBitForBit_data() { kindsAndMethods(); }
  void theStartIsTheFrozenNetworkBitForBit() {
    QFETCH(QString, kind);
    QFETCH(QString, method);
    const auto model = make(kind.toStdString());
    const ModalitySet set = setOf("t1,flair");
    const auto adapter = adapterOf(method.toStdString(), *model, set);
    QVERIFY(adapter->count() > 0);
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const auto network = model->copy();
    adapter->apply(model->parameters(), adapter->start(), network->parameters());
    QVERIFY(torch::equal(network->parameters(), model->parameters()));
    QVERIFY(torch::equal(network->logits(x, set), model->logits(x, set)));
  }

  void aLearntDeltaChangesTheAnswerButNeitherDecoderNorForeignParts_data() { kindsAndMethods(); }
  void aLearntDeltaChangesTheAnswerButNeitherDecoderNorForeignParts() {
    QFETCH(QString, kind);
    QFETCH(QString, method);
    const auto model = make(kind.toStdString());
    const ModalitySet set = setOf("t1,flair");
    const auto adapter = adapterOf(method.toStdString(), *model, set);
    const auto network = model->copy();
    adapter->apply(model->parameters(), someDelta(*adapter), network->parameters());
    const auto x = torch::randn({1, 4, 16, 16, 16});
    QVERIFY(!torch::allclose(network->logits(x, set), model->logits(x, set)));
    for (std::size_t b = 0; b < model->layout().blocks().size(); ++b) {
      const ParameterBlock& block = model->layout()[b];
      const bool same = torch::equal(network->parameter(b), model->parameter(b));
      if (!block.isReachedBy(set) || block.name.starts_with("up.") ||
          block.name.starts_with("head."))
        QVERIFY2(same, block.name.c_str());
    }
  }

  void foldedScaleAndShiftIsScaleAndShiftAfterEachLayer() {
    const ToyNetwork toy;
    const ModalitySet set = setOf("t1,t2");
    const auto adapter = adapterOf("ssf", toy, set);
    const auto delta = someDelta(*adapter, 0.5);
    const auto network = toy.copy();
    adapter->apply(toy.parameters(), delta, network->parameters());
    const auto by = [&](const std::string& layer) {
      return ScaleAndShift{partNamed(*adapter, delta, layer + ".scale"),
                           partNamed(*adapter, delta, layer + ".shift")};
    };
    const auto x = torch::randn({2, 4, 5, 6, 7});
    const auto expected = toy.scaledLogits(x, set, by("in.conv"), by("in.norm"), by("mix.linear"));
    QVERIFY(torch::allclose(network->logits(x, set), expected, 1e-4, 1e-5));
    QVERIFY(!torch::allclose(toy.logits(x, set), expected, 1e-1, 1e-1));
  }

  void bitFitShiftsBiasesAndNormMovesAffines() {
    const ToyNetwork toy;
    const auto shifted = adapterOf("bitfit", toy, setOf("t1"));
    QCOMPARE(shifted->count(), 3 * ToyNetwork::kChannels);
    auto theta = shifted->effective(toy.parameters(), torch::full({18}, 0.5));
    for (const std::size_t bias : {1u, 3u, 7u})
      QVERIFY(torch::equal(blockOf(toy, theta, bias), toy.parameter(bias) + 0.5));
    for (const std::size_t weight : {0u, 2u, 4u, 5u, 6u})
      QVERIFY(torch::equal(blockOf(toy, theta, weight), toy.parameter(weight)));

    const auto norm = adapterOf("norm", toy, setOf("t1"));
    QCOMPARE(norm->count(), 2 * ToyNetwork::kChannels);
    theta = norm->effective(toy.parameters(), torch::full({12}, 0.25));
    for (const std::size_t affine : {6u, 7u})
      QVERIFY(torch::equal(blockOf(toy, theta, affine), toy.parameter(affine) + 0.25));
    QVERIFY(torch::equal(theta.narrow(0, 0, toy.layout()[6].offset),
                         toy.parameters().narrow(0, 0, toy.layout()[6].offset)));
  }

  void loraAddsAProductOfLowRank() {
    const ToyNetwork toy;
    const AdapterMethod method{"lora", 2, 6, Seed{9}};
    const auto adapter = makeAdapter(method, adaptedLayers(toy.layout(), setOf("t1")));
    QCOMPARE(adapter->count(), 2 * (6 + 4 * 27) + 2 * (6 + 6));
    const auto delta = someDelta(*adapter);
    const auto theta = adapter->effective(toy.parameters(), delta);
    const auto update = (blockOf(toy, theta, 0) - toy.parameter(0)).view({6, 108});
    const auto product = torch::mm(partNamed(*adapter, delta, "in.conv.up"),
                                   partNamed(*adapter, delta, "in.conv.down"));
    QVERIFY(torch::allclose(update, 3 * product, 1e-4, 1e-5));  // α/r = 6/2
    QVERIFY(torch::equal(adapter->start(),
                         makeAdapter(method, adaptedLayers(toy.layout(), setOf("t1")))->start()));
    QVERIFY(partNamed(*adapter, adapter->start(), "in.conv.down").abs().min().item<float>() > 0);
  }

  /// w · effective(θ, δ), differentiated for every number of δ and of θ.
  void gradientsOfTheReparameterisationAgreeWithDifferences_data() { methods(); }
  void gradientsOfTheReparameterisationAgreeWithDifferences() {
    QFETCH(QString, method);
    const ToyNetwork toy;
    const auto adapter = adapterOf(method.toStdString(), toy, setOf("t1"));
    const auto theta = toy.parameters().to(torch::kFloat64);
    const auto delta = someDelta(*adapter).to(torch::kFloat64);
    const auto w = torch::randn_like(theta);
    const auto agree = [&](const torch::Tensor& at, const torch::Tensor& gradient,
                           const auto& function) {
      for (std::int64_t i = 0; i < at.size(0); ++i) {
        auto step = torch::zeros_like(at);
        step[i] = 1e-4;
        const auto slope = (function(at + step) - function(at - step)) / 2e-4;
        if (!torch::allclose(slope, gradient[i], 1e-5, 1e-7)) return false;
      }
      return true;
    };
    QVERIFY(agree(delta, adapter->pullBack(theta, delta, w),
                  [&](const torch::Tensor& d) { return w.dot(adapter->effective(theta, d)); }));
    QVERIFY(agree(theta, adapter->pullBackToFrozen(theta, delta, w),
                  [&](const torch::Tensor& t) { return w.dot(adapter->effective(t, delta)); }));
  }

  /// (f(δ + εd) − f(δ − εd)) / 2ε · c against g · d, d along the gradient g.
  void gradientsThroughTheNetworkAgreeWithDifferences_data() { kindsAndMethods(); }
  void gradientsThroughTheNetworkAgreeWithDifferences() {
    QFETCH(QString, kind);
    QFETCH(QString, method);
    const auto model = make(kind.toStdString());
    const ModalitySet set = setOf("t1,flair");
    const auto adapter = adapterOf(method.toStdString(), *model, set);
    const auto delta = someDelta(*adapter, 0.02);
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const auto c = torch::randn({1, 3, 16, 16, 16});
    const auto network = model->copy();
    const auto along = [&](const torch::Tensor& d) {
      adapter->apply(model->parameters(), d, network->parameters());
      return (network->logits(x, set) * c).sum(torch::kFloat64).item<double>();
    };
    along(delta);
    const auto g = adapter->pullBack(model->parameters(), delta,
                                     network->recordSubsets(x, {set})->pullBack({c}));
    const auto d = g / g.norm();
    const double slope = (along(delta + 1e-3 * d) - along(delta - 1e-3 * d)) / 2e-3;
    const double expected = g.norm().item<double>();
    QVERIFY2(std::abs(slope - expected) < 0.03 * expected,
             qPrintable(QString("%1 against %2").arg(slope).arg(expected)));
  }

  void countsByHand() {
    // Width 0.25: five levels of two convolutions with 8, 16, 32, 64 and 64 channels, 368 in all.
    const auto early = make("early-fusion");
    QCOMPARE(countOf("ssf", *early, setOf("t1")), 4 * 368);
    QCOMPARE(countOf("bitfit", *early, setOf("t1")), 2 * 368);
    QCOMPARE(countOf("norm", *early, setOf("t1")), 2 * 368);
    // Channels coming in: 4, 8, 8, 16, 16, 32, 32, 64, 64, 64.
    QCOMPARE(countOf("lora", *early, setOf("t1")), 368 + 27 * 308);
    const auto dsNorm = make("ds-norm");
    for (const char* keys : {"t1", "t1,t2", "t1,t2,flair"}) {
      const auto size = static_cast<std::int64_t>(setOf(keys).size());
      QCOMPARE(countOf("ssf", *dsNorm, setOf(keys)), 4 * 368);  // one for all modalities
      QCOMPARE(countOf("norm", *dsNorm, setOf(keys)), size * 2 * 368);
    }
  }

  void scaleAndShiftStaysWithinTheBudget_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("width");
    for (const std::string& kind : networksThatShare())
      for (const double width : {0.25, 0.5})
        QTest::addRow("%s %g", kind.c_str(), width) << QString::fromStdString(kind) << width;
  }
  void scaleAndShiftStaysWithinTheBudget() {
    QFETCH(QString, kind);
    QFETCH(double, width);
    const auto model = make(kind.toStdString(), width);
    double largest = 0;
    for (const ModalitySet set : allSubsets(brats()))
      if (set != brats().all())
        largest = std::max(largest, 100.0 * static_cast<double>(countOf("ssf", *model, set)) /
                                        static_cast<double>(model->layout().total()));
    qInfo("%s %g: %.3f %% of %lld", qPrintable(kind), width, largest,
          static_cast<long long>(model->layout().total()));
    QVERIFY2(largest > 0 && largest < AdapterSet::kBudgetPercent, std::to_string(largest).c_str());
  }

  void whatDoesNotExistIsRefusedByName() {
    const std::string sentence = sentenceOf([] { makeAdapter({"prompt"}, {}); });
    QVERIFY2(contains(sentence, "\"prompt\"") && contains(sentence, "ssf"), sentence.c_str());
    QVERIFY(contains(sentenceOf([] { makeAdapter({"lora", 0}, {}); }), "rank"));
  }

 private:
  static void methods() {
    QTest::addColumn<QString>("method");
    for (const auto& method : methodsOfLayers())
      QTest::newRow(method.c_str()) << QString::fromStdString(method);
  }
  static void kindsAndMethods() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("method");
    for (const std::string& kind : networksThatShare())
      for (const auto& method : methodsOfLayers())
        QTest::addRow("%s %s", kind.c_str(), method.c_str())
            << QString::fromStdString(kind) << QString::fromStdString(method);
  }
};

APPLESS_TEST(AdapterTest)
#include "adapter_test.moc"
