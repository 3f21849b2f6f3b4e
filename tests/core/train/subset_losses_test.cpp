#include "core/train/subset_losses.h"

#include <QTest>

#include <torch/torch.h>

#include "core/data/sampler.h"

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

SubsetLosses lossesOf(const Tensor& logits, const Batch& batch,
                      const std::vector<ModalitySet>& subsets) {
  return subsetLosses(tasksFor(batch.available, subsets), logits, batch.y, LossKind::Dice);
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

}  // namespace

class SubsetLossesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(17); }

  void eachLossIsThatOfTheMeanOfItsModalitiesLogits() {
    const auto batch = randomBatch({kBoth, kBoth});
    const auto f = torch::randn({2, 2, 3, 16, 16, 16});
    const auto got = lossesOf(f, batch, allSubsets(kTwo));
    QCOMPARE(got.tasks.size(), std::size_t{3});
    for (std::size_t s = 0; s < 3; ++s)
      QVERIFY(std::abs(got.losses[s] -
                       plainDice(meanOf(f, got.tasks[s].set), batch.y).item<double>()) < 1e-5);
  }

  void aSampleWithoutAModalityTakesNoPartInItsLosses() {
    const auto batch = randomBatch({kBoth, kA});
    const auto f = torch::randn({2, 2, 3, 16, 16, 16});
    const auto got = lossesOf(f, batch, allSubsets(kTwo));
    for (std::size_t s = 0; s < got.tasks.size(); ++s) {
      const bool onlyFirst = got.tasks[s].set.contains(ModalityId(1));
      QCOMPARE(got.cotangents[s][1].abs().max().item<float>() == 0, onlyFirst);
      if (!onlyFirst) continue;
      const auto expected =
          plainDice(meanOf(f.narrow(0, 0, 1), got.tasks[s].set), batch.y.narrow(0, 0, 1));
      QVERIFY(std::abs(got.losses[s] - expected.item<double>()) < 1e-5);
    }
  }

  void aSubsetWithoutSamplesLeavesTheStep() {
    const auto got =
        lossesOf(torch::randn({1, 2, 3, 16, 16, 16}), randomBatch({kB}), allSubsets(kTwo));
    QCOMPARE(setsOf(got.tasks), std::vector<ModalitySet>{kB});
    QCOMPARE(got.tasks[0].weight, 1.0);
  }
};

QTEST_APPLESS_MAIN(SubsetLossesTest)
#include "subset_losses_test.moc"
