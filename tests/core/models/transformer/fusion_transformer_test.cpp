#include "core/models/transformer/fusion_transformer.h"

#include <QTest>
#include <limits>

#include <torch/types.h>

#include "tests/core/models/model_checks.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

/// Three modalities: 3 numbers at 4 steps, a vector of 5, 2 numbers at 6 steps.
Problem mixed() {
  return problemOf(Task::Classification, {{3, 4}, {5, 1}, {2, 6}}, 3);
}

Open<FusionTransformer> make(const Problem& problem) {
  return Open<FusionTransformer>(ModelSizes{8, 2, 2}, problem, Seed{7}, torch::kCPU);
}

torch::Tensor batchOf(const Problem& problem, std::int64_t samples) {
  return torch::randn({samples, problem.inputs.total()});
}

}  // namespace

class FusionTransformerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void anAbsentModalityIsZerosWhateverLiesThere() {
    const Problem problem = mixed();
    const auto net = make(problem);
    const ModalitySet some = parseModalities(problem.schema, "a,c");
    auto x = batchOf(problem, 2);
    const auto before = net.logits(x, some);
    QCOMPARE(before.sizes(), at::IntArrayRef({2, 3}));
    const auto absent = x.narrow(1, problem.inputs.offset(ModalityId(1)), 5);
    QVERIFY(!torch::equal(net.logits(x, problem.schema.all()), before));
    absent.fill_(std::numeric_limits<float>::quiet_NaN());
    QVERIFY(torch::equal(net.logits(x, some), before));
    absent.zero_();
    QVERIFY(torch::equal(net.logits(x, problem.schema.all()), before));
  }

  void gradientsAgreeWithDifferences() {
    const Problem problem = mixed();
    const auto net = make(problem);
    const auto x = batchOf(problem, 2);
    for (const char* set : {"a,b,c", "a,c", "b"}) {
      const QString words = differencesAgainst(net, x, parseModalities(problem.schema, set));
      QVERIFY2(words.isEmpty(), qPrintable(words));
    }
  }

  void allParametersGetAGradient() {
    const Problem problem = mixed();
    QCOMPARE(unreached(make(problem), batchOf(problem, 2), problem.schema.all()), QStringList());
  }

  void theDescriptionCountsEveryParameter() {
    for (const auto& problem : {mixed(), problemOf(Task::Regression, {{3, 4}}, 1)}) {
      const auto net = make(problem);
      QCOMPARE(net.describe().totalParameters(), net.layout().total());
      QCOMPARE(net.describe().perModalityParameters(), 0);
      QVERIFY(!net.describe().branchPerModality);
    }
  }
};

APPLESS_TEST(FusionTransformerTest)
#include "fusion_transformer_test.moc"
