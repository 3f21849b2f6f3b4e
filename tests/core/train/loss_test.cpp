#include "core/train/loss.h"

#include <QTest>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "tests/test_program.h"

using namespace modascope;
using torch::Tensor;

namespace {

/// The papers' loss, written for autograd.
Tensor plainDice(const Tensor& logits, const Tensor& target) {
  Tensor sum = torch::zeros({}, logits.options());
  const Tensor p = logits.sigmoid();
  for (std::int64_t k = 0; k < target.size(1); ++k) {
    const Tensor pk = p.select(1, k), tk = target.select(1, k);
    sum = sum + 1 - (2 * (pk * tk).sum() + 1) / (pk.sum() + tk.sum() + 1);
  }
  return sum / static_cast<double>(target.size(1));
}

}  // namespace

class LossTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void softDiceOfAHandMadeCaseIsWhatTheFormulaSays() {
    // One class, two voxels, p = (1/2, 1/2), t = (1, 0): 1 − (2·½ + 1)/(1 + 1 + 1) = 1/3
    const auto target = torch::tensor({1.F, 0.F}).view({1, 1, 2});
    const auto got = lossAndGradient(torch::zeros({1, 1, 2}), target, LossKind::Dice);
    QVERIFY(std::abs(got.loss.item<double>() - 1.0 / 3) < 1e-6);
  }

  void anEmptyRegionThatIsPredictedEmptyCostsNothing() {
    const auto got =
        lossAndGradient(torch::full({1, 1, 8}, -40.F), torch::zeros({1, 1, 8}), LossKind::Dice);
    QVERIFY(got.loss.item<double>() < 1e-6);
  }

  void crossEntropyIsTheMeanOverVoxelsAndClasses() {
    // At logit 0 every voxel's cross-entropy is ln 2, whatever the target.
    const auto target = (torch::rand({2, 3, 4, 4, 4}) > 0.5).to(torch::kFloat32);
    const auto logits = torch::zeros_like(target);
    const double both = lossAndGradient(logits, target, LossKind::DiceBce).loss.item<double>();
    const double dice = lossAndGradient(logits, target, LossKind::Dice).loss.item<double>();
    QVERIFY(std::abs(both - dice - std::log(2.0)) < 1e-6);
  }

  void crossEntropyOfClassesLeavesOutWhatNobodyKnows() {
    // Two samples know their class, of two equally likely ones; the third does not.
    const auto target = torch::tensor({1.F, 0.F, 0.F, 1.F, 0.F, 0.F}).view({3, 2});
    const auto got = lossAndGradient(torch::zeros({3, 2}), target, LossKind::CrossEntropy);
    QVERIFY(std::abs(got.loss.item<double>() - std::log(2.0)) < 1e-6);
    QVERIFY(torch::equal(got.gradient[2], torch::zeros({2})));
    QVERIFY(torch::allclose(got.gradient[0], torch::tensor({-0.25F, 0.25F})));
  }

  void theErrorsOfNumbersAreWhatTheySay() {
    const auto values = torch::tensor({1.F, -2.F}).view({2, 1}), target = torch::zeros({2, 1});
    const auto l1 = lossAndGradient(values, target, LossKind::L1);
    const auto mse = lossAndGradient(values, target, LossKind::Mse);
    QVERIFY(std::abs(l1.loss.item<double>() - 1.5) < 1e-6);
    QVERIFY(torch::allclose(l1.gradient, torch::tensor({0.5F, -0.5F}).view({2, 1})));
    QVERIFY(std::abs(mse.loss.item<double>() - 2.5) < 1e-6);
    QVERIFY(torch::allclose(mse.gradient, torch::tensor({1.F, -2.F}).view({2, 1})));
  }

  void theGradientIsAutogradsOfPicturesToo() {
    torch::manual_seed(3);
    const auto logits = torch::randn({2, 3, 4, 5}, torch::kFloat64).requires_grad_();
    const auto classes = torch::randint(0, 3, {2, 4, 5});
    const auto target = torch::one_hot(classes, 3).permute({0, 3, 1, 2}).to(torch::kFloat64);
    at::cross_entropy_loss(logits, classes).backward();
    const auto got = lossAndGradient(logits.detach(), target, LossKind::CrossEntropy);
    QVERIFY(torch::allclose(got.gradient, logits.grad(), 1e-9, 1e-12));
  }

  void theGradientIsAutograds_data() {
    QTest::addColumn<bool>("withCrossEntropy");
    QTest::newRow("dice") << false;
    QTest::newRow("dice+bce") << true;
  }
  void theGradientIsAutograds() {
    QFETCH(bool, withCrossEntropy);
    torch::manual_seed(2);
    const auto logits = torch::randn({2, 3, 4, 5, 6}, torch::kFloat64).requires_grad_();
    const auto target = (torch::rand({2, 3, 4, 5, 6}) > 0.7).to(torch::kFloat64);
    Tensor loss = plainDice(logits, target);
    if (withCrossEntropy) loss = loss + torch::binary_cross_entropy_with_logits(logits, target);
    const auto expected = torch::autograd::grad({loss}, {logits})[0];
    const auto got = lossAndGradient(logits.detach(), target,
                                     withCrossEntropy ? LossKind::DiceBce : LossKind::Dice);
    QVERIFY(std::abs(got.loss.item<double>() - loss.item<double>()) < 1e-12);
    QVERIFY(torch::allclose(got.gradient, expected, 1e-9, 1e-12));
  }
};

APPLESS_TEST(LossTest)
#include "loss_test.moc"
