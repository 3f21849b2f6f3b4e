#include "core/models/cmnext/cmnext_lite.h"

#include <QTest>
#include <limits>

#include <torch/types.h>

#include "core/base/error.h"
#include "tests/core/models/model_checks.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

const ModelSizes kTiny{16, 1, 2};

/// RGB, then so many modalities of one or two channels.
Problem rgbAnd(int others, std::size_t classes = 3) {
  std::vector<InputShape> shapes{{3, 1}};
  for (int m = 0; m < others; ++m) shapes.push_back({1 + m % 2, 1});
  return problemOf(Task::Segmentation2d, shapes, classes);
}

Open<CmnextLite> make(const Problem& problem, std::uint64_t seed = 7) {
  return Open<CmnextLite>(kTiny, problem, Seed{seed}, torch::kCPU);
}

torch::Tensor batchOf(const Problem& problem, std::int64_t samples) {
  return torch::randn({samples, problem.inputs.total(), 32, 48});
}

}  // namespace

class CmnextLiteTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void anyNumberOfModalitiesGivesAClassAPixel_data() {
    QTest::addColumn<int>("others");
    for (const int others : {0, 1, 2, 7})
      QTest::newRow(qPrintable(QString::number(others))) << others;
  }
  void anyNumberOfModalitiesGivesAClassAPixel() {
    QFETCH(int, others);
    const Problem problem = rgbAnd(others, 5);
    const auto net = make(problem);
    const auto f = net.logits(batchOf(problem, 2), problem.schema.all());
    QCOMPARE(f.sizes(), at::IntArrayRef({2, 5, 32, 48}));
    QVERIFY(f.isfinite().all().item<bool>());
    QCOMPARE(parametersUnder(net.layout(), "others.") > 0, others > 0);
  }

  void sizesOfItsGranularityAreEnough() {
    const Problem problem = rgbAnd(1);
    const auto net = make(problem);
    const std::int64_t side = net.granularity();
    const auto f = net.logits(torch::randn({1, 4, side, 3 * side}), problem.schema.all());
    QCOMPARE(f.sizes(), at::IntArrayRef({1, 3, side, 3 * side}));
  }

  void gradientsAgreeWithDifferences() {
    const Problem problem = rgbAnd(2);
    const auto net = make(problem);
    const auto x = batchOf(problem, 2);
    for (const char* set : {"a,b,c", "a", "b,c"}) {
      const QString words = differencesAgainst(net, x, parseModalities(problem.schema, set));
      QVERIFY2(words.isEmpty(), qPrintable(words));
    }
  }

  void anAbsentModalityIsZerosWhateverLiesThere() {
    const Problem problem = rgbAnd(2);
    const auto net = make(problem);
    for (const ModalityId absent : problem.schema.ids()) {
      const ModalitySet rest = *problem.schema.all().without(absent);
      auto x = batchOf(problem, 2);
      const auto before = net.logits(x, rest);
      const auto there = x.narrow(1, problem.inputs.offset(absent), problem.inputs[absent].width);
      there.fill_(std::numeric_limits<float>::quiet_NaN());
      QVERIFY(torch::equal(net.logits(x, rest), before));
      there.zero_();
      const auto theta = net.parameters().to(torch::kFloat64);
      QVERIFY(torch::allclose(net.preciseLogits(theta, x, problem.schema.all()),
                              net.preciseLogits(theta, x, rest), 1e-10, 1e-10));
    }
  }

  void everyChannelCounts() {
    const Problem problem = rgbAnd(2);
    const auto net = make(problem);
    const auto x = batchOf(problem, 1);
    const auto before = net.logits(x, problem.schema.all());
    for (std::int64_t c = 0; c < x.size(1); ++c) {
      auto moved = x.clone();
      moved.select(1, c).add_(torch::randn({32, 48}));
      const auto change = (net.logits(moved, problem.schema.all()) - before).norm();
      QVERIFY(change.item<float>() > 1e-3F * before.norm().item<float>());
    }
  }

  void theAnswerMovesWithThePicture() {
    const Problem problem = rgbAnd(1);
    const auto net = make(problem);
    auto x = torch::zeros({1, 4, 64, 64});
    x.narrow(2, 16, 8).narrow(3, 16, 8).fill_(3);
    const auto all = problem.schema.all();
    const auto empty = net.logits(torch::zeros_like(x), all);
    const auto change = (net.logits(x, all) - empty).abs().sum(1)[0];
    const auto near = change.narrow(0, 12, 16).narrow(1, 12, 16).mean().item<float>();
    const auto far = change.narrow(0, 44, 16).narrow(1, 44, 16).mean().item<float>();
    QVERIFY2(near > 2 * far, qPrintable(QString("%1 and %2").arg(near).arg(far)));
  }

  void subsetsTogetherAreTheSubsetsAlone() {
    const Problem problem = rgbAnd(2);
    const auto net = make(problem);
    const auto x = batchOf(problem, 2);
    const auto subsets = allSubsets(problem.schema);
    const auto tape = net.recordSubsets(x, subsets);
    std::vector<torch::Tensor> cotangents(subsets.size());
    auto sum = torch::zeros_like(net.parameters());
    for (std::size_t s = 0; s < subsets.size(); ++s) {
      const auto alone = net.recordSubsets(x, {subsets[s]});
      QVERIFY(torch::equal(tape->outputs()[s], alone->outputs()[0]));
      QVERIFY(torch::equal(tape->outputs()[s], net.logits(x, subsets[s])));
      std::vector<torch::Tensor> only(subsets.size());
      only[s] = cotangents[s] = torch::randn_like(tape->outputs()[s]);
      const auto row = tape->pullBack(only);
      QVERIFY(torch::allclose(row, alone->pullBack({only[s]}), 1e-4, 1e-4));
      sum += row;
    }
    const auto together = tape->pullBack(cotangents);
    QVERIFY((together - sum).norm().item<float>() < 1e-5F * sum.norm().item<float>());
  }

  void allParametersGetAGradient() {
    for (const int others : {0, 2}) {
      const Problem problem = rgbAnd(others);
      QCOMPARE(unreached(make(problem), batchOf(problem, 2), problem.schema.all()), QStringList());
    }
  }

  void itLearnsWhatTheSecondModalityShows() {
    const Problem problem = rgbAnd(1);
    const auto coarse = torch::randint(3, {2, 1, 4, 6});
    const auto classes = coarse.repeat_interleave(8, 2).repeat_interleave(8, 3).squeeze(1);
    auto x = batchOf(problem, 2);
    x.select(1, 3).mul_(0.1).add_(classes - 1);
    const auto learning = learn(make(problem), x, classes, problem.schema.all(), 40);
    QVERIFY2(learning.after < 0.5 * learning.before, qPrintable(QString::number(learning.after)));
  }

  void namesTellTheKindOfLayer() {
    const auto net = make(rgbAnd(2));
    QCOMPARE(unconventional(net), QStringList());
    for (const char* prefix :
         {"head.linear.", "decoder.fuse.linear.", "others.0.hub.c.score.linear.",
          "first.1.0.reduce.conv.", "fusion.2.fuse.mix.conv."})
      QVERIFY2(parametersUnder(net.layout(), prefix) > 0, prefix);
  }

  void theDescriptionCountsEveryParameter() {
    for (const int others : {0, 2}) {
      const auto net = make(rgbAnd(others));
      const ModelDescription words = net.describe();
      QCOMPARE(words.totalParameters(), net.layout().total());
      QCOMPARE(words.perModalityParameters(), 0);
      QVERIFY(!words.branchPerModality);
    }
  }

  void theSeedFixesTheStart() {
    const Problem problem = rgbAnd(1);
    QVERIFY(torch::equal(make(problem).parameters(), make(problem).parameters()));
    QVERIFY(!torch::equal(make(problem).parameters(), make(problem, 8).parameters()));
  }

  void anyHeadsWorkAndSizesThatDoNotFitAreRefused() {
    const Problem problem = rgbAnd(1);
    const CmnextLite six({12, 1, 6}, problem, Seed{1}, torch::kCPU);
    QCOMPARE(six.logits(batchOf(problem, 1), problem.schema.all()).size(1), 3);
    QVERIFY_EXCEPTION_THROWN(CmnextLite({10, 1, 2}, problem, Seed{1}, torch::kCPU), Error);
  }
};

APPLESS_TEST(CmnextLiteTest)
#include "cmnext_lite_test.moc"
