#include <QTest>

#include <torch/torch.h>

#include "core/base/seed.h"
#include "core/gmd/projection.h"
#include "core/models/ds_unet3d.h"
#include "core/train/subset_gradients.h"
#include "tests/core/models/plain_unet.h"

using namespace modascope;
using torch::Tensor;

namespace {

const ModalitySchema kTwo({{"a", "A"}, {"b", "B"}});
const ModalitySet kBoth = ModalitySet::firstOf(2), kA{ModalityId(0)}, kB{ModalityId(1)};

Batch randomBatch(std::vector<ModalitySet> available) {
  const auto n = static_cast<std::int64_t>(available.size());
  return {torch::randn({n, 2, 16, 16, 16}),
          (torch::rand({n, 3, 16, 16, 16}) > 0.7).to(torch::kFloat32),
          std::move(available),
          {}};
}

Tensor meanOf(const Tensor& logits, ModalitySet set) {
  std::vector<Tensor> branches;
  for (const ModalityId id : set.ids())
    branches.push_back(logits.select(1, static_cast<std::int64_t>(id.index())));
  return torch::stack(branches).mean(0);
}

Tensor plainDice(const Tensor& logits, const Tensor& target) {
  const auto sum = [](const Tensor& t) { return t.sum(at::IntArrayRef{0, 2, 3, 4}); };
  const Tensor p = logits.sigmoid();
  return (1 - (2 * sum(p * target) + 1) / (sum(p) + sum(target) + 1)).mean();
}

double cosine(const Tensor& a, const Tensor& b) {
  return (a.dot(b) / (a.norm() * b.norm())).item<double>();
}

}  // namespace

class SubsetLossesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(17); }

  void eachLossIsThatOfTheMeanOfItsModalitiesLogits() {
    const auto batch = randomBatch({kBoth, kBoth});
    const auto f = torch::randn({2, 2, 3, 16, 16, 16});
    const auto got = subsetLosses(f, batch, allSubsets(kTwo), LossKind::Dice);
    QCOMPARE(got.subsets.size(), std::size_t{3});
    for (std::size_t s = 0; s < 3; ++s)
      QVERIFY(std::abs(got.losses[s] -
                       plainDice(meanOf(f, got.subsets[s]), batch.y).item<double>()) < 1e-5);
  }

  void aSampleWithoutAModalityTakesNoPartInItsLosses() {
    const auto batch = randomBatch({kBoth, kA});
    const auto f = torch::randn({2, 2, 3, 16, 16, 16});
    const auto got = subsetLosses(f, batch, allSubsets(kTwo), LossKind::Dice);
    for (std::size_t s = 0; s < got.subsets.size(); ++s) {
      const bool onlyFirst = got.subsets[s].contains(ModalityId(1));
      QCOMPARE(got.cotangents[s][1].abs().max().item<float>() == 0, onlyFirst);
      if (!onlyFirst) continue;
      const auto expected =
          plainDice(meanOf(f.narrow(0, 0, 1), got.subsets[s]), batch.y.narrow(0, 0, 1));
      QVERIFY(std::abs(got.losses[s] - expected.item<double>()) < 1e-5);
    }
  }

  void aSubsetWithoutSamplesLeavesTheStep() {
    const auto got = subsetLosses(torch::randn({1, 2, 3, 16, 16, 16}), randomBatch({kB}),
                                  allSubsets(kTwo), LossKind::Dice);
    QCOMPARE(got.subsets, std::vector<ModalitySet>{kB});
  }

  void everySubsetsGradientIsAutograds() {
    const DsUnet3d net(0.25, kTwo, {"wt", "tc", "et"}, Seed{5}, torch::kCPU);
    const auto batch = randomBatch({kBoth, kBoth});
    const auto tape = net.record(batch.x);
    const auto losses = subsetLosses(tape->logits(), batch, allSubsets(kTwo), LossKind::Dice);
    const auto rows = longRows(exactRows(*tape, losses));
    const auto theta = net.parameters().clone().requires_grad_();
    const auto f = testing::plainUnet(net, theta, batch.x);
    Tensor sum = torch::zeros_like(rows[0]);
    for (std::size_t s = 0; s < losses.subsets.size(); ++s) {
      const auto loss = plainDice(meanOf(f, losses.subsets[s]), batch.y);
      const auto expected = torch::autograd::grad({loss}, {theta}, {}, true)[0];
      QVERIFY(cosine(rows[static_cast<std::int64_t>(s)], expected) > 0.99999);
      sum += expected;
    }
    QVERIFY(cosine(jointGradient(*tape, losses), sum) > 0.99999);
    QVERIFY(std::abs((jointGradient(*tape, losses).norm() * 3 / sum.norm()).item<double>() - 1) <
            1e-3);
  }

  void theMergedGradientIsThatOfThePapersProcedure() {
    const DsUnet3d net(0.25, kTwo, {"wt", "tc", "et"}, Seed{5}, torch::kCPU);
    const auto batch = randomBatch({kBoth});
    const auto tape = net.record(batch.x);
    // Two tasks, so that the order of projection does not matter and the long way needs no order.
    const auto rows =
        exactRows(*tape, subsetLosses(tape->logits(), batch, {kA, kB}, LossKind::Dice));
    auto rng = Seed{9}.stream("projection");
    const auto c = projectConflicts(gram(rows, net.layout(), ConflictOver::All), rng);
    const auto got = mergeRows(rows, c, net.layout(), Merge::Mean);

    const auto g = longRows(rows);
    const auto projected = g.clone();
    const auto dot = g[0].dot(g[1]);
    if (dot.item<float>() < 0) {
      projected[0] -= dot / g[1].dot(g[1]) * g[1];
      projected[1] -= dot / g[0].dot(g[0]) * g[0];
    }
    for (const ParameterBlock& block : net.layout().blocks()) {
      const auto part = projected.narrow(1, block.offset, block.size);
      const auto expected = block.owner ? part.sum(0) : part.mean(0);
      QVERIFY(torch::allclose(got.narrow(0, block.offset, block.size), expected, 1e-3, 1e-5));
    }
  }
};

QTEST_APPLESS_MAIN(SubsetLossesTest)
#include "subset_losses_test.moc"
