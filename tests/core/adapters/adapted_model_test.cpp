#include "core/adapters/adapted_model.h"

#include <QTest>
#include <atomic>
#include <thread>

#include <torch/types.h>

#include "core/models/factory/model_factory.h"
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

/// Every subset but the full one has learnt something.
AdapterSet learntFor(const MultimodalModel& base, const std::string& method = "ssf") {
  AdapterSet adapters({method}, base);
  for (const ModalitySet set : allSubsets(brats()))
    if (set != brats().all()) adapters.put(set, someDelta(*adapters.adapterFor(set), 0.3));
  return adapters;
}

std::shared_ptr<MultimodalModel> dsNorm() {
  RunConfig config;
  config.model.width = 0.25;
  return makeModel(config, bratsProblem(), torch::kCPU);
}

}  // namespace

class AdaptedModelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void theFullSetIsTheFrozenNetworkBitForBit() {
    const std::vector<std::shared_ptr<MultimodalModel>> bases{dsNorm(),
                                                              std::make_shared<ToyNetwork>()};
    for (const auto& base : bases) {
      const AdaptedModel model(base, learntFor(*base));
      const auto x = torch::randn({1, 4, 16, 16, 16});
      QVERIFY(torch::equal(model.logits(x, brats().all()), base->logits(x, brats().all())));
      QVERIFY(model.networkFor(brats().all()) == base);
      QCOMPARE(model.switchedParameters(brats().all()), 0);
      QVERIFY(torch::equal(model.parameters(), base->parameters()));
    }
  }

  void eachSubsetHasItsOwnAdapter() {
    const auto base = std::make_shared<ToyNetwork>();
    const AdapterSet adapters = learntFor(*base);
    const AdaptedModel model(base, adapters);
    const auto before = base->parameters().clone();
    const auto x = torch::randn({1, 4, 8, 8, 8});
    for (const ModalitySet set : allSubsets(brats())) {
      if (set == brats().all()) continue;
      const auto network = base->copy();
      network->parameters().copy_(
          adapters.find(set)->adapter->effective(base->parameters(), adapters.find(set)->delta));
      QVERIFY(torch::equal(model.logits(x, set), network->logits(x, set)));
      QVERIFY(!torch::allclose(model.logits(x, set), base->logits(x, set)));
      QCOMPARE(model.switchedParameters(set), 36);
    }
    QVERIFY(torch::equal(base->parameters(), before));
  }

  void aSubsetWithoutAdapterIsTheFrozenNetworks() {
    const auto base = std::make_shared<ToyNetwork>();
    const AdaptedModel model(base, AdapterSet({"ssf"}, *base));
    QVERIFY(model.networkFor(ModalitySet(ModalityId(1))) == base);
  }

  void onlyTheNewestFoldingsAreKept() {
    const auto base = std::make_shared<ToyNetwork>();
    const AdaptedModel model(base, learntFor(*base));
    const auto subsets = allSubsets(brats());  // the first is the full set
    const std::weak_ptr<const MultimodalModel> first = model.networkFor(subsets[1]);
    for (std::size_t i = 2; i <= 4; ++i) model.networkFor(subsets[i]);
    QVERIFY(model.networkFor(subsets[1]) == first.lock());  // and so used last
    model.networkFor(subsets[5]);
    QVERIFY(!first.expired());
    for (std::size_t i = 6; i <= 8; ++i) model.networkFor(subsets[i]);
    QVERIFY(first.expired());
  }

  void itSaysWhatItIs() {
    const auto base = dsNorm();
    const AdaptedModel model(base, learntFor(*base, "bitfit"));
    QCOMPARE(model.describe().kind, std::string("ds-norm + bitfit"));
    const auto described = model.describe().adapter;
    QCOMPARE(described->method, std::string("bitfit"));
    for (const auto& [set, count] : described->parameters)
      QCOMPARE(count, model.switchedParameters(set));
    QCOMPARE(model.describe().totalParameters(), base->describe().totalParameters());
    QCOMPARE(model.granularity(), base->granularity());
    QCOMPARE(model.ownLayers().size(), base->ownLayers().size());
    const auto other = dsNorm();
    other->parameters().mul_(2);
    QVERIFY(contains(sentenceOf([&] { AdaptedModel(other, model.adapters()); }), "weights"));
  }

  void aCopyAnswersAlikeFromABaseOfItsOwn() {
    const auto base = std::make_shared<ToyNetwork>();
    const AdaptedModel model(base, learntFor(*base));
    const auto x = torch::randn({1, 4, 8, 8, 8});
    const ModalitySet set(ModalityId(2));
    const auto copy = model.copy();
    const auto expected = model.logits(x, set);
    base->parameters().zero_();
    QVERIFY(torch::equal(copy->logits(x, set), expected));
  }

  void aLayerIsCutInTheAdaptedNetwork() {
    const auto base = dsNorm();
    const AdaptedModel model(base, learntFor(*base));
    const ModalitySet set = parseModalities(brats(), "t1,flair");
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const LayerCut cut = model.cutAt(2, x, set);
    for (const ModalitySet other : allSubsets(brats())) model.networkFor(other);  // forgets it
    QVERIFY(torch::allclose(cut.rest(cut.activations), model.logits(x, set), 1e-3, 1e-4));
    QVERIFY(!torch::allclose(cut.activations, base->cutAt(2, x, set).activations, 1e-2, 1e-2));
  }

  /// (f(θ + εd) − f(θ − εd)) / 2ε · c against the gradient pulled back, along that gradient.
  void gradientsAreOfTheFrozenParameters() {
    const auto base = std::make_shared<ToyNetwork>();
    const AdapterSet adapters = learntFor(*base);
    const AdaptedModel model(base, adapters);
    const std::vector<ModalitySet> subsets{ModalitySet(ModalityId(0)), brats().all()};
    const auto x = torch::randn({1, 4, 6, 6, 6});
    const std::vector<torch::Tensor> c{torch::randn({1, 3, 6, 6, 6}),
                                       torch::randn({1, 3, 6, 6, 6})};
    const auto tape = model.recordSubsets(x, subsets);
    for (std::size_t s = 0; s < 2; ++s)
      QVERIFY(torch::allclose(tape->outputs()[s], model.logits(x, subsets[s])));
    const auto g = tape->pullBack(c);
    const auto at = [&](double epsilon) {
      ToyNetwork moved(*base);
      moved.parameters().add_(g / g.norm(), epsilon);
      double sum = 0;
      for (std::size_t s = 0; s < 2; ++s) {
        const LearntAdapter* learnt = adapters.find(subsets[s]);
        const auto network = learnt ? folded(moved, *learnt) : moved.copy();
        sum += (network->logits(x, subsets[s]) * c[s]).sum(torch::kFloat64).item<double>();
      }
      return sum;
    };
    const double slope = (at(1e-3) - at(-1e-3)) / 2e-3, expected = g.norm().item<double>();
    QVERIFY2(std::abs(slope - expected) < 0.02 * expected,
             qPrintable(QString("%1 against %2").arg(slope).arg(expected)));
  }

  void twoThreadsMayAskAtOnce() {
    const auto base = std::make_shared<ToyNetwork>();
    const AdaptedModel model(base, learntFor(*base));
    const auto subsets = allSubsets(brats());
    const auto x = torch::randn({1, 4, 4, 4, 4});
    std::vector<torch::Tensor> expected;
    for (const ModalitySet set : subsets)
      expected.push_back(AdaptedModel(base, model.adapters()).logits(x, set));
    std::atomic<int> wrong = 0;
    const auto ask = [&](std::size_t stride) {
      for (std::size_t i = 0; i < 10 * subsets.size(); ++i) {
        const std::size_t s = i * stride % subsets.size();
        if (!torch::allclose(model.logits(x, subsets[s]), expected[s])) ++wrong;
      }
    };
    { const std::jthread one(ask, 1), other(ask, 7); }
    QCOMPARE(wrong.load(), 0);
  }
};

APPLESS_TEST(AdaptedModelTest)
#include "adapted_model_test.moc"
