#include "core/train/finite_check.h"

#include <QTest>
#include <limits>

#include <torch/types.h>

#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/core/train/small_network.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// Says what it sees.
struct Echo : MultimodalModel {
  Echo() {
    layout_.add("p", {1});
    allocate(torch::kCPU);
  }
  std::unique_ptr<MultimodalModel> copy() const override { return std::make_unique<Echo>(*this); }
  ModelDescription describe() const override {
    return {"echo", bratsModalities(), {"wt", "tc", "et"}, {}};
  }
  std::int64_t granularity() const override { return 1; }
  torch::Tensor logits(const torch::Tensor& x, ModalitySet) const override { return x; }
  std::unique_ptr<SubsetTape> recordSubsets(const torch::Tensor&,
                                            const std::vector<ModalitySet>&) const override {
    return nullptr;
  }
};

Batch batchOfThree() {
  const ModalitySet all = bratsModalities().all();
  return {torch::ones({3, 4, 16, 16, 16}),
          torch::zeros({3, 3, 16, 16, 16}),
          {all, all, all},
          {"A", "B", "C"}};
}

}  // namespace

class FiniteCheckTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anInputThatIsNoNumberIsNamedWithItsModalityAndCase() {
    Batch batch = batchOfThree();
    requireFiniteInputs(batch, bratsModalities(), InputLayout::singleChannels(4), 5);
    batch.x[1][3][7][7][7] = kNaN;
    batch.x[2][0][7][7][7] = kInf;
    const std::string sentence = sentenceOf(
        [&] { requireFiniteInputs(batch, bratsModalities(), InputLayout::singleChannels(4), 5); });
    QVERIFY2(contains(sentence, "step 5") && contains(sentence, "FLAIR of \"B\""),
             sentence.c_str());
  }

  void aLossThatIsNoNumberIsNamedWithItsSubsetAndTheFirstBadCase() {
    const Echo network;
    Batch batch = batchOfThree();
    batch.x[1].fill_(kInf);
    batch.x[2].fill_(kNaN);
    SubsetLosses losses;
    losses.tasks = {{bratsModalities().all(), {0, 1, 2}, 0.5},
                    {ModalitySet(ModalityId(0)), {0, 2}, 0.5}};  // case B has no T1
    losses.losses = {0.5, 0.5};
    requireFiniteLosses(losses, batch, network, 5);
    losses.losses[1] = std::numeric_limits<double>::quiet_NaN();
    std::string sentence = sentenceOf([&] { requireFiniteLosses(losses, batch, network, 5); });
    QVERIFY2(contains(sentence, "the loss of T1 is not a finite number (\"C\")"), sentence.c_str());
    losses.losses[0] = std::numeric_limits<double>::infinity();
    sentence = sentenceOf([&] { requireFiniteLosses(losses, batch, network, 5); });
    QVERIFY2(contains(sentence, "T1, T1ce, T2, FLAIR is not a finite number (\"B\")"),
             sentence.c_str());
    batch.x.zero_();  // and where no case is to blame
    sentence = sentenceOf([&] { requireFiniteLosses(losses, batch, network, 5); });
    QVERIFY2(contains(sentence, "one of \"A\", \"B\", \"C\""), sentence.c_str());
  }

  void aGradientThatIsNoNumberIsNamedWithItsBlock() {
    const SmallNetwork network(0.25, 1);
    const ParameterLayout& layout = network.model->layout();
    const Batch batch = batchOfThree();
    auto gradient = torch::zeros({layout.total()});
    gradient[0] = 3;
    gradient[1] = 4;
    QCOMPARE(requireFiniteGradient(gradient, batch, layout, 5), 5.0);
    gradient[layout[9].offset + 2] = kInf;
    const std::string sentence =
        sentenceOf([&] { requireFiniteGradient(gradient, batch, layout, 5); });
    QVERIFY2(contains(sentence, layout[9].name), sentence.c_str());
    QVERIFY2(contains(sentence, "The weights were not changed"), sentence.c_str());
  }
};

APPLESS_TEST(FiniteCheckTest)
#include "finite_check_test.moc"
