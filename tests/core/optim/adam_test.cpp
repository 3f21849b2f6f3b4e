#include "core/optim/adam.h"

#include <QTest>

#include <torch/optim/adam.h>

#include "tests/test_program.h"

using namespace modascope;

class AdamTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tenStepsAreThoseOfTheLibrarysAdam() {
    torch::manual_seed(1);
    const auto ours = torch::randn({50});
    auto theirs = ours.clone().requires_grad_();
    Adam adam(ours, 1e-2);
    torch::optim::Adam reference({theirs}, torch::optim::AdamOptions(3e-3).weight_decay(1e-2));
    for (int step = 0; step < 10; ++step) {
      const auto gradient = torch::randn({50});
      adam.step(gradient, 3e-3);
      theirs.mutable_grad() = gradient;
      reference.step();
    }
    QVERIFY(torch::allclose(ours, theirs.detach(), 1e-5, 1e-6));
  }

  void theRateFallsOverAllStepsAndNotOverEpochs() {
    QCOMPARE(polynomialRate(8e-4, 0, 1000), 8e-4);
    QVERIFY(std::abs(polynomialRate(8e-4, 500, 1000) - 8e-4 * std::pow(0.5, 0.9)) < 1e-12);
    QVERIFY(polynomialRate(8e-4, 999, 1000) < 8e-4 * 0.003);
  }
};

APPLESS_TEST(AdamTest)
#include "adam_test.moc"
