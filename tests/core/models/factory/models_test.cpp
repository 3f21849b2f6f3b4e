#include <QTest>
#include <limits>

#include <torch/types.h>

#include "core/base/error.h"
#include "core/config/config_keys.h"
#include "core/models/factory/model_factory.h"
#include "core/models/unet/feature_fusion.h"
#include "core/models/unet/unet_parts.h"
#include "core/networks/fact_rows.h"
#include "core/networks/network_facts.h"
#include "core/problem/brats.h"
#include "tests/core/models/model_checks.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySchema& brats() {
  return bratsModalities();
}

std::unique_ptr<MultimodalModel> make(const QString& kind, const ModalitySchema& schema = brats()) {
  RunConfig config;
  config.model.kind = kind.toStdString();
  auto model = makeModel(config, volumeProblem(schema, bratsRegions()), torch::kCPU);
  // Affines away from 1 and 0, so that mixing them up shows.
  model->parameters().add_(0.02 * torch::randn_like(model->parameters()));
  return model;
}

Problem problemFor(Task task) {
  if (factsOf(task).data == DataKind::Volumes) return volumeProblem(brats(), bratsRegions());
  const bool pictures = factsOf(task).data == DataKind::Pictures;
  const auto shapes =
      pictures ? std::vector<InputShape>{{3}, {1}} : std::vector<InputShape>{{5}, {7}};
  return testing::problemOf(task, shapes, task == Task::Regression ? 1 : 2);
}

double cosine(const torch::Tensor& a, const torch::Tensor& b) {
  return (a.dot(b) / (a.norm() * b.norm())).item<double>();
}

double relativeError(const torch::Tensor& a, const torch::Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

}  // namespace

/// What every network must do, whatever its kind.
class ModelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void anAbsentModalityIsNeverLookedAt_data() { kinds(); }
  void anAbsentModalityIsNeverLookedAt() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const ModalitySet some = parseModalities(brats(), "t1,flair");
    auto x = torch::randn({1, 4, 16, 16, 16});
    const auto before = model->logits(x, some);
    x.narrow(1, 1, 2).fill_(std::numeric_limits<float>::quiet_NaN());
    QVERIFY(torch::equal(model->logits(x, some), before));
    QCOMPARE(before.sizes(), at::IntArrayRef({1, 3, 16, 16, 16}));
  }

  void noGradientComesFromAnAbsentModality_data() { kinds(); }
  void noGradientComesFromAnAbsentModality() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const ModalitySet some = parseModalities(brats(), "t1,flair");
    auto x = torch::randn({1, 4, 16, 16, 16});
    const auto c = torch::randn({1, 3, 16, 16, 16});
    const auto before = model->recordSubsets(x, {some})->pullBack({c});
    x.narrow(1, 1, 2).fill_(std::numeric_limits<float>::quiet_NaN());
    QVERIFY(torch::equal(model->recordSubsets(x, {some})->pullBack({c}), before));
  }

  void aCopyIsTheSameNetworkWithParametersOfItsOwn_data() { kinds(); }
  void aCopyIsTheSameNetworkWithParametersOfItsOwn() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const auto before = model->parameters().clone();
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const ModalitySet some = parseModalities(brats(), "t1,flair");
    const auto copy = model->copy();
    QCOMPARE(copy->describe().kind, kind.toStdString());
    QVERIFY(torch::equal(copy->logits(x, some), model->logits(x, some)));
    copy->parameters().mul_(1.1);
    QVERIFY(torch::equal(model->parameters(), before));
    QVERIFY(!torch::equal(copy->logits(x, some), model->logits(x, some)));
  }

  void aPresentModalityCounts_data() { kinds(); }
  void aPresentModalityCounts() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    auto x = torch::randn({1, 4, 16, 16, 16});
    const auto before = model->logits(x, brats().all());
    x.select(1, 2).add_(torch::randn({1, 16, 16, 16}));
    QVERIFY(relativeError(model->logits(x, brats().all()), before) > 1e-3);
  }

  void whatIsRecordedIsWhatIsPredicted_data() { kinds(); }
  void whatIsRecordedIsWhatIsPredicted() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const auto x = torch::randn({2, 4, 16, 16, 16});
    const auto subsets = allSubsets(brats());
    const auto tape = model->recordSubsets(x, subsets);
    for (std::size_t s = 0; s < subsets.size(); ++s)
      QVERIFY(relativeError(tape->outputs()[s], model->logits(x, subsets[s])) < 1e-5);
  }

  /// (f(θ + εd) − f(θ − εd)) / 2ε · c against the gradient pulled back, along that gradient.
  void gradientsAgreeWithDifferences_data() { kinds(); }
  void gradientsAgreeWithDifferences() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const std::vector<ModalitySet> subsets{parseModalities(brats(), "t1,t1ce"),
                                           parseModalities(brats(), "t2")};
    const auto tape = model->recordSubsets(x, subsets);
    const auto c = torch::randn_like(tape->outputs()[0]);
    const auto gradient = tape->pullBack({c, {}});
    const auto direction = gradient / gradient.norm();
    const auto along = [&](double epsilon) {
      model->parameters().add_(epsilon * direction);
      const auto value = (model->logits(x, subsets[0]) * c).sum(torch::kFloat64).item<double>();
      model->parameters().sub_(epsilon * direction);
      return value;
    };
    const double slope = (along(3e-4) - along(-3e-4)) / 6e-4;
    const double expected = gradient.norm().item<double>();
    QVERIFY2(std::abs(slope - expected) < 0.02 * expected,
             qPrintable(QString("%1 against %2").arg(slope).arg(expected)));
  }

  void cotangentsOfSeveralSubsetsAddUp_data() { kinds(); }
  void cotangentsOfSeveralSubsetsAddUp() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const auto tape = model->recordSubsets(torch::randn({1, 4, 16, 16, 16}), allSubsets(brats()));
    std::vector<torch::Tensor> both(15), one(15), other(15);
    both[0] = one[0] = torch::randn_like(tape->outputs()[0]);
    both[7] = other[7] = torch::randn_like(tape->outputs()[7]);
    const auto sum = tape->pullBack(one) + tape->pullBack(other);
    QVERIFY(cosine(tape->pullBack(both), sum) > 0.99999);
    QVERIFY(relativeError(tape->pullBack(both), sum) < 1e-3);
  }

  void theLayoutKnowsWhatALossReaches_data() { kinds(); }
  void theLayoutKnowsWhatALossReaches() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const ModalitySet set = parseModalities(brats(), "t1ce,t2");
    const auto tape = model->recordSubsets(torch::randn({1, 4, 16, 16, 16}), {set});
    const auto row = tape->pullBack({torch::randn_like(tape->outputs()[0])});
    for (const ParameterBlock& block : model->layout().blocks()) {
      const bool moved = row.narrow(0, block.offset, block.size).abs().max().item<float>() > 0;
      // Normalising a group of one channel takes its bias out again; only rounding may move that.
      const bool cancels = block.name.ends_with("conv.bias") && block.size == kUnetGroups;
      QVERIFY2(moved == block.isReachedBy(set) || (cancels && !moved), block.name.c_str());
    }
  }

  void theDescriptionCountsEveryParameter_data() { kinds(); }
  void theDescriptionCountsEveryParameter() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const ModelDescription words = model->describe();
    QCOMPARE(QString::fromStdString(words.kind), kind);
    QCOMPARE(words.totalParameters(), model->layout().total());
    std::int64_t reached = 0;
    const ModalitySet pair = parseModalities(brats(), "t1,t2");
    for (const ParameterBlock& block : model->layout().blocks())
      if (block.isReachedBy(pair)) reached += block.size;
    QCOMPARE(words.activeParameters(pair), reached);
  }

  void twoModalitiesAreEnough_data() { kinds(); }
  void twoModalitiesAreEnough() {
    QFETCH(QString, kind);
    const ModalitySchema schema({{"rgb", "RGB"}, {"depth", "Depth"}});
    const auto model = make(kind, schema);
    const auto f = model->logits(torch::randn({1, 2, 16, 16, 16}), schema.all());
    QVERIFY(f.isfinite().all().item<bool>());
  }

  /// Width 0.25 has 8, 16, 32, 64 and 64 channels, of 16³, 8³, 4³, 2³ and 1 voxels. Pairs of
  /// channels, in and out, times voxels: 614400 in an encoder behind its first convolution, which
  /// has 8 · 4096 = 32768 a channel that it reads; and 1359872 in a decoder, 1884160 where skips
  /// are twice as wide; 8 · 3 · 4096 = 98304 in a head.
  void convolutionsWorkAsCountedByHand_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("pairs");  // of the 3×3×3 convolutions
    QTest::addColumn<int>("heads");
    constexpr double kEncoder = 614400, kChannel = 32768, kDecoder = 1359872, kWide = 1884160;
    QTest::newRow("ds-norm") << "ds-norm" << 2 * (kEncoder + kChannel + kDecoder) << 2;
    QTest::newRow("ds-encoder") << "ds-encoder" << 2 * (kEncoder + kChannel) + 3 * kDecoder << 3;
    QTest::newRow("hemis") << "hemis" << 2 * (kEncoder + kChannel) + 3 * kWide << 3;
    QTest::newRow("early-fusion") << "early-fusion" << 3 * (kEncoder + 4 * kChannel + kDecoder)
                                  << 3;
    QTest::newRow("independent") << "independent" << 3 * (kEncoder + kDecoder) + 4 * kChannel << 3;
  }
  void convolutionsWorkAsCountedByHand() {
    QFETCH(QString, kind);
    QFETCH(double, pairs);
    QFETCH(int, heads);
    const std::vector<ModalitySet> subsets{parseModalities(brats(), "t1"),
                                           parseModalities(brats(), "t2"),
                                           parseModalities(brats(), "t1,t2")};
    const auto work = make(kind)->convolutionWork(subsets, 16 * 16 * 16);
    QVERIFY(work.has_value());
    QCOMPARE(*work, 2 * (27 * pairs + 98304.0 * heads));  // a multiplication and an addition
  }

  void everyNetworkIsAsItsRowSays() {
    for (const Task task : kTasks) {
      const Problem problem = problemFor(task);
      for (const NetworkFacts& row : networksOf(factsOf(task).data)) {
        RunConfig config = standardFor(task);
        config.model.kind = row.name;
        const auto model = makeModel(config, problem, torch::kCPU);
        QVERIFY(model->describe().kind == row.name);
        QCOMPARE(dynamic_cast<LateFusionModel*>(model.get()) != nullptr, row.lateFusion);
        config.compute.precision = "bfloat16";
        if (row.bfloat16)
          makeModel(config, problem, torch::kCPU);
        else
          QVERIFY_EXCEPTION_THROWN(makeModel(config, problem, torch::kCPU), Error);
      }
    }
  }

  void theSeedFixesTheStart() {
    RunConfig config;
    config.model.kind = "hemis";
    const auto at = [&](std::int64_t seed) {
      config.train.seed = seed;
      return makeModel(config, bratsProblem(), torch::kCPU)->parameters();
    };
    QVERIFY(torch::equal(at(1), at(1)));
    QVERIFY(!torch::equal(at(1), at(2)));
  }

  void anUnknownKindIsRefusedByName() {
    RunConfig config;
    config.model.kind = "unet";
    QVERIFY_EXCEPTION_THROWN(makeModel(config, bratsProblem(), torch::kCPU), Error);
  }

  void varianceOfASingleModalityIsZero() {
    const auto x = torch::randn({1, 2, 3});
    const auto alone = fused({x}, FeatureFusion::MeanAndVariance);
    QVERIFY(torch::equal(alone, torch::cat({x, torch::zeros_like(x)}, 1)));
    const auto three = fused({x, x + 1, x + 5}, FeatureFusion::MeanAndVariance);
    QVERIFY(torch::allclose(three.narrow(1, 0, 2), x + 2));
    QVERIFY(torch::allclose(three.narrow(1, 2, 2), torch::full_like(x, 7.0)));  // (4 + 1 + 9) / 2
  }

  void onlyIndependentNetworksShareNothing() {
    QVERIFY(!make("independent")->sharesParameters());
    QVERIFY(make("ds-norm")->sharesParameters());
    QCOMPARE(make("independent")->layout().sharedTotal(), 0);
  }

 private:
  static void kinds() {
    QTest::addColumn<QString>("kind");
    for (const std::string& kind : namesOf(networksOf(DataKind::Volumes)))
      QTest::newRow(kind.c_str()) << QString::fromStdString(kind);
  }
};

APPLESS_TEST(ModelsTest)
#include "models_test.moc"
