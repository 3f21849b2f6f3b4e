#include "core/train/subset_losses.h"

#include <QTest>
#include <cmath>
#include <limits>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/data/sampler.h"
#include "tests/test_program.h"

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

ModalitySchema schemaOf(int modalities) {
  std::vector<Modality> all;
  for (int m = 0; m < modalities; ++m) {
    const std::string name(1, static_cast<char>('a' + m));
    all.push_back({name, name});
  }
  return ModalitySchema(all);
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

  void allAtOnceIsEachOnItsOwn_data() {
    QTest::addColumn<int>("modalities");
    QTest::addColumn<bool>("withCrossEntropy");
    for (const int modalities : {1, 2, 4, 8})
      for (const bool entropy : {false, true})
        QTest::addRow("%d modalities%s", modalities, entropy ? ", cross-entropy" : "")
            << modalities << entropy;
  }
  void allAtOnceIsEachOnItsOwn() {
    QFETCH(int, modalities);
    QFETCH(bool, withCrossEntropy);
    const LossKind kind = withCrossEntropy ? LossKind::DiceBce : LossKind::Dice;
    const auto schema = schemaOf(modalities);
    // Many voxels, not a multiple of anything; logits from sure to very sure.
    const auto f = torch::randn({3, modalities, 2, 5, 7, 37}) *
                   torch::tensor({1.F, 40.F}).view({1, 1, 2, 1, 1, 1});
    const auto y = (torch::rand({3, 2, 5, 7, 37}) > 0.7).to(torch::kFloat32);
    const auto everyone = ModalitySet::firstOf(static_cast<std::size_t>(modalities));
    const auto tasks =
        tasksFor({everyone, ModalitySet(ModalityId(0)), everyone}, allSubsets(schema));
    std::vector<Tensor> outputs;
    for (const SubsetTask& task : tasks) outputs.push_back(meanOf(f, task.set).to(torch::kFloat64));
    const auto expected = subsetLosses(tasks, outputs, y.to(torch::kFloat64), kind);
    const auto got = subsetLosses(tasks, f, y, kind);
    for (std::size_t s = 0; s < tasks.size(); ++s) {
      QVERIFY(std::abs(got.losses[s] / expected.losses[s] - 1) < 1e-6);
      const auto difference = got.cotangents[s] - expected.cotangents[s];
      QVERIFY((difference.norm() / expected.cotangents[s].norm()).item<double>() < 2e-6);
    }
  }

  void aLogitThatIsNoNumberShows() {
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::nanf("0x12345")}) {
      auto f = torch::zeros({1, 2, 3, 4, 4, 4});
      f[0][1][2][3][3][3] = bad;
      const auto got = lossesOf(f, {{}, torch::zeros({1, 3, 4, 4, 4}), {kBoth}, {}}, {kA, kB});
      QVERIFY(std::isfinite(got.losses[0]));
      QVERIFY(!std::isfinite(got.losses[1]));
    }
  }

  void lossesDoNotDependOnTheNumberOfThreads() {
    const auto f = torch::randn({2, 2, 3, 16, 16, 16});
    const auto batch = randomBatch({kBoth, kBoth});
    const int before = at::get_num_threads();
    std::vector<SubsetLosses> all;
    for (const int threads : {1, 3}) {
      at::set_num_threads(threads);
      all.push_back(lossesOf(f, batch, {kBoth}));
    }
    at::set_num_threads(before);
    QCOMPARE(all[0].losses, all[1].losses);
    QVERIFY(torch::equal(all[0].cotangents[0], all[1].cotangents[0]));
  }

  void aSubsetWithoutSamplesLeavesTheStep() {
    const auto got =
        lossesOf(torch::randn({1, 2, 3, 16, 16, 16}), randomBatch({kB}), allSubsets(kTwo));
    QCOMPARE(setsOf(got.tasks), std::vector<ModalitySet>{kB});
    QCOMPARE(got.tasks[0].weight, 1.0);
  }
};

APPLESS_TEST(SubsetLossesTest)
#include "subset_losses_test.moc"
