#include "core/models/transformer/mult.h"

#include <QTest>
#include <limits>

#include <torch/types.h>

#include "core/base/error.h"
#include "tests/core/models/model_checks.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

const ModelSizes kTiny{8, 2, 2};

/// Three modalities: 3 numbers at 4 steps, a vector of 5, 2 numbers at 6 steps.
Problem mixed() {
  return problemOf(Task::Classification, {{3, 4}, {5, 1}, {2, 6}}, 3);
}

Open<Mult> make(const Problem& problem, std::uint64_t seed = 7) {
  return Open<Mult>(kTiny, problem, Seed{seed}, torch::kCPU);
}

torch::Tensor batchOf(const Problem& problem, std::int64_t samples) {
  return torch::randn({samples, problem.inputs.total()});
}

}  // namespace

class MultTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void anyNumberOfModalitiesGivesOneAnswerASample_data() {
    QTest::addColumn<int>("modalities");
    for (const int modalities : {1, 2, 3, 8})
      QTest::newRow(qPrintable(QString::number(modalities))) << modalities;
  }
  void anyNumberOfModalitiesGivesOneAnswerASample() {
    QFETCH(int, modalities);
    std::vector<InputShape> shapes;
    for (int m = 0; m < modalities; ++m) shapes.push_back({1 + m % 3, 1 + 2 * m});
    const Problem problem = problemOf(Task::Classification, shapes, 4);
    const auto net = make(problem);
    const auto f = net.logits(batchOf(problem, 5), problem.schema.all());
    QCOMPARE(f.sizes(), at::IntArrayRef({5, 4}));
    QVERIFY(f.isfinite().all().item<bool>());
  }

  void eachSampleIsAnsweredByItself() {
    const Problem problem = mixed();
    const auto net = make(problem);
    const auto x = batchOf(problem, 4);
    const auto all = problem.schema.all();
    QVERIFY(
        torch::allclose(net.logits(x, all)[2], net.logits(x.narrow(0, 2, 1), all)[0], 1e-4, 1e-5));
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

  void anAbsentModalityIsZerosWhateverLiesThere() {
    const Problem problem = mixed();
    const auto net = make(problem);
    const ModalitySet some = parseModalities(problem.schema, "a,c");
    auto x = batchOf(problem, 2);
    const auto before = net.logits(x, some);
    const auto absent = x.narrow(1, problem.inputs.offset(ModalityId(1)), 5);
    absent.fill_(std::numeric_limits<float>::quiet_NaN());
    QVERIFY(torch::equal(net.logits(x, some), before));
    absent.zero_();
    QVERIFY(torch::equal(net.logits(x, problem.schema.all()), before));
  }

  void everyPresentModalityAndStepCounts() {
    const Problem problem = mixed();
    const auto net = make(problem);
    const auto x = batchOf(problem, 1);
    const auto before = net.logits(x, problem.schema.all());
    for (std::int64_t c = 0; c < problem.inputs.total(); ++c) {
      auto moved = x.clone();
      moved.select(1, c).add_(1);
      QVERIFY(!torch::allclose(net.logits(moved, problem.schema.all()), before, 1e-6, 1e-6));
    }
  }

  void theOrderOfTheStepsCounts() {
    const Problem problem = problemOf(Task::Regression, {{2, 3}, {1, 1}}, 1);
    const auto net = make(problem);
    const auto x = batchOf(problem, 1);
    const auto turned =
        torch::cat({x.narrow(1, 4, 2), x.narrow(1, 2, 2), x.narrow(1, 0, 2), x.narrow(1, 6, 1)}, 1);
    const auto all = problem.schema.all();
    QVERIFY((net.logits(x, all) - net.logits(turned, all)).abs().max().item<float>() > 1e-4);
  }

  void subsetsTogetherAreTheSubsetsAlone() {
    const Problem problem = mixed();
    const auto net = make(problem);
    const auto x = batchOf(problem, 2);
    const auto subsets = allSubsets(problem.schema);
    const auto tape = net.recordSubsets(x, subsets);
    for (std::size_t s = 0; s < subsets.size(); ++s)
      QVERIFY(torch::equal(tape->outputs()[s], net.logits(x, subsets[s])));
  }

  void allParametersGetAGradient() {
    // With a single step to look at there is nothing to choose: b must have several.
    const Problem problem = problemOf(Task::Classification, {{3, 4}, {5, 2}, {2, 6}}, 3);
    QCOMPARE(unreached(make(problem), batchOf(problem, 2), problem.schema.all()), QStringList());
  }

  void itLearns() {
    const Problem problem = mixed();
    const auto x = batchOf(problem, 12);
    const auto learning =
        learn(make(problem), x, torch::randint(3, {12}), problem.schema.all(), 40);
    QVERIFY2(learning.after < 0.3 * learning.before, qPrintable(QString::number(learning.after)));
  }

  void namesTellTheKindOfLayer() {
    const auto net = make(mixed());
    QCOMPARE(unconventional(net), QStringList());
    QVERIFY(parametersUnder(net.layout(), "head.") > 0);
    QVERIFY(parametersUnder(net.layout(), "cross.a.c.1.attention.query.linear.") > 0);
  }

  void theDescriptionCountsEveryParameter() {
    for (const auto& problem : {mixed(), problemOf(Task::Regression, {{3, 4}}, 1)}) {
      const auto net = make(problem);
      const ModelDescription words = net.describe();
      QCOMPARE(words.totalParameters(), net.layout().total());
      QCOMPARE(words.perModalityParameters(), 0);
      QVERIFY(!words.branchPerModality);
    }
    QCOMPARE(make(mixed()).granularity(), 1);
  }

  void theSeedFixesTheStart() {
    QVERIFY(torch::equal(make(mixed()).parameters(), make(mixed()).parameters()));
    QVERIFY(!torch::equal(make(mixed()).parameters(), make(mixed(), 8).parameters()));
  }

  void headsThatDoNotFitAreRefused() {
    QVERIFY_EXCEPTION_THROWN(Mult({10, 1, 4}, mixed(), Seed{1}, torch::kCPU), Error);
  }
};

APPLESS_TEST(MultTest)
#include "mult_test.moc"
