#include "core/train/gradient_method.h"

#include <QTest>
#include <map>
#include <set>

#include <torch/types.h>

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/models/factory/model_factory.h"
#include "core/networks/fact_rows.h"
#include "core/networks/method_facts.h"
#include "core/networks/network_facts.h"
#include "core/problem/brats.h"
#include "core/train/subset_choice.h"
#include "tests/test_program.h"

using namespace modascope;
using torch::Tensor;

namespace {

const ModalitySchema& brats() {
  return bratsModalities();
}

RunConfig smallConfig() {
  RunConfig config;
  config.train.crop = 16;
  config.train.observeEvery = 0;
  return config;
}

std::shared_ptr<const MultimodalModel> networkFor(const RunConfig& config) {
  return makeModel(config, bratsProblem(), torch::kCPU);
}

Batch randomBatch(std::int64_t n) {
  return {torch::randn({n, 4, 16, 16, 16}),
          (torch::rand({n, 3, 16, 16, 16}) > 0.7).to(torch::kFloat32),
          std::vector<ModalitySet>(static_cast<std::size_t>(n), brats().all()),
          std::vector<std::string>(static_cast<std::size_t>(n), "case")};
}

StepGradient stepWith(const RunConfig& config, const Batch& batch, std::int64_t step = 0) {
  return GradientMethod(config, networkFor(config)).compute(batch, step);
}

double cosine(const Tensor& a, const Tensor& b) {
  return (a.dot(b) / (a.norm() * b.norm())).item<double>();
}

std::size_t countOf(const char* name) {
  return namedSubsets(brats(), name).size();
}

}  // namespace

class GradientMethodTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(23); }

  void namesChooseSubsets() {
    QCOMPARE(countOf("all"), std::size_t{15});
    QCOMPARE(countOf("singletons"), std::size_t{4});
    QCOMPARE(countOf("pairs"), std::size_t{6});
    QCOMPARE(countOf("leave-one-out"), std::size_t{4});
    QCOMPARE(namedSubsets(brats(), "full"), std::vector<ModalitySet>{brats().all()});
    QVERIFY_EXCEPTION_THROWN(countOf("some"), Error);
  }

  void drawnSubsetsAreDistinctInOrderAndFixedByTheSeed() {
    const auto all = allSubsets(brats());
    auto a = Seed{1}.stream("subsets"), b = Seed{1}.stream("subsets");
    const auto drawn = drawSubsets(all, 5, a);
    QCOMPARE(drawn.size(), std::size_t{5});
    QCOMPARE(drawSubsets(all, 5, b), drawn);
    QVERIFY(std::includes(all.begin(), all.end(), drawn.begin(), drawn.end(), [&](auto s, auto t) {
      return std::find(all.begin(), all.end(), s) < std::find(all.begin(), all.end(), t);
    }));
    QCOMPARE(drawSubsets(all, 0, a), all);
    std::map<ModalitySet, int> counts;
    for (int i = 0; i < 3000; ++i)
      for (const ModalitySet set : drawSubsets(all, 5, a)) ++counts[set];
    for (const ModalitySet set : all) QVERIFY(std::abs(counts[set] - 1000) < 150);
  }

  void dropoutGivesEachSampleASubsetThatItHas() {
    const ModalitySet pair = parseModalities(brats(), "t1,t2");
    auto rng = Seed{1}.stream("subsets");
    std::set<ModalitySet> seen;
    for (int i = 0; i < 50; ++i) {
      const auto tasks = droppedTasks({brats().all(), pair, pair}, allSubsets(brats()), rng);
      std::size_t samples = 0;
      double weight = 0;
      for (const SubsetTask& task : tasks) {
        samples += task.samples.size();
        weight += task.weight;
        for (const auto n : task.samples) QVERIFY(n == 0 || pair.contains(task.set));
        seen.insert(task.set);
      }
      QCOMPARE(samples, std::size_t{3});
      QVERIFY(std::abs(weight - 1) < 1e-12);
    }
    QVERIFY(seen.size() > 8);
  }

  void everyMethodGivesEveryNetworkAGradient_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("method");
    for (const std::string& kind : namesOf(networksOf(DataKind::Volumes)))
      for (const std::string& method : namesOf(gradientMethods()))
        if (kind != "independent" || method != "gmd")
          QTest::addRow("%s %s", kind.c_str(), method.c_str())
              << QString::fromStdString(kind) << QString::fromStdString(method);
  }
  void everyMethodGivesEveryNetworkAGradient() {
    QFETCH(QString, kind);
    QFETCH(QString, method);
    RunConfig config = smallConfig();
    config.model.kind = kind.toStdString();
    config.train.method = method.toStdString();
    const auto found = stepWith(config, randomBatch(1));
    QVERIFY(found.merged.isfinite().all().item<bool>());
    QVERIFY(found.merged.norm().item<double>() > 0);
    QVERIFY(found.meanLoss() > 0);
  }

  void dropoutTakesOneSubsetForEachSample() {
    RunConfig config = smallConfig();
    config.train.method = "modality-dropout";
    const auto found = stepWith(config, randomBatch(2), 3);
    std::size_t samples = 0;
    for (const SubsetTask& task : found.losses.tasks) samples += task.samples.size();
    QCOMPARE(samples, std::size_t{2});
  }

  void subsetsPerStepDrawsAfreshEachStep() {
    RunConfig config = smallConfig();
    config.gmd.subsetsPerStep = 3;
    const GradientMethod method(config, networkFor(config));
    const Batch batch = randomBatch(1);
    const auto subsetsAt = [&](std::int64_t step) {
      return setsOf(method.compute(batch, step).losses.tasks);
    };
    const auto first = subsetsAt(0), second = subsetsAt(1);
    QCOMPARE(first.size(), std::size_t{3});
    QCOMPARE(subsetsAt(0), first);
    QVERIFY(first != second || second != subsetsAt(2));
  }

  void sharesAreOfAllModalitiesOrNotSaid() {
    RunConfig config = smallConfig();
    const Batch batch = randomBatch(1);
    const auto measured = stepWith(config, batch).facts;
    double sum = 0;
    for (const double share : measured->shares) sum += share;
    QVERIFY(std::abs(sum - 1) < 1e-9);
    config.gmd.subsetsPerStep = 8;  // with some singletons, not all
    const GradientMethod method(config, networkFor(config));
    for (std::int64_t step = 0; step < 3; ++step) {
      const auto facts = method.compute(batch, step).facts;
      const auto unknown = std::count_if(facts->modalityNorms.begin(), facts->modalityNorms.end(),
                                         [](double norm) { return std::isnan(norm); });
      QVERIFY(unknown > 0);
      for (const double share : facts->shares) QVERIFY(std::isnan(share));
    }
  }

  void aToleranceSaysWhatItCostAndAuditsIt() {
    RunConfig config = smallConfig();
    config.gmd.tolerance = 0.01;
    config.gmd.auditEvery = 2;
    const GradientMethod method(config, networkFor(config));
    const Batch batch = randomBatch(1);
    const auto audited = method.compute(batch, 2);
    QCOMPARE(audited.facts->ranks.size(), std::size_t{4});
    QVERIFY(audited.facts->exactCosine > 0.99);
    QVERIFY(std::isnan(method.compute(batch, 3).facts->exactCosine));

    RunConfig exact = config;
    exact.gmd.tolerance = 0;
    const auto whole = GradientMethod(exact, networkFor(exact)).compute(batch, 2);
    QVERIFY(whole.facts->ranks.empty());
    QVERIFY(std::abs(cosine(audited.merged, whole.merged) - audited.facts->exactCosine) < 1e-3);
  }

  void observingDoesNotChangeTheGradient_data() {
    QTest::addColumn<QString>("method");
    QTest::newRow("joint") << "joint";
    QTest::newRow("modality-dropout") << "modality-dropout";
  }
  void observingDoesNotChangeTheGradient() {
    QFETCH(QString, method);
    RunConfig config = smallConfig(), watched = config;
    config.train.method = watched.train.method = method.toStdString();
    watched.train.observeEvery = 1;
    const Batch batch = randomBatch(1);
    const auto blind = stepWith(config, batch), seen = stepWith(watched, batch);
    QVERIFY(torch::equal(blind.merged, seen.merged));
    QVERIFY(!blind.facts && seen.facts);
    QCOMPARE(seen.facts->gram.rows(), std::size_t{15});
  }

  void theProjectionsOrderIsTheStepsOwnAndTold() {
    const RunConfig config = smallConfig();
    const Batch batch = randomBatch(1);
    const auto first = stepWith(config, batch, 0), again = stepWith(config, batch, 0);
    QCOMPARE(first.decoupling->order, again.decoupling->order);
    QVERIFY(torch::equal(first.merged, again.merged));
    QVERIFY(stepWith(config, batch, 1).decoupling->order != first.decoupling->order);
    QCOMPARE(first.decoupling->coefficients,
             projectConflicts(first.facts->gram, first.decoupling->order));
  }

  void settingsThatDoNotFitAreRefused() {
    RunConfig config = smallConfig();
    config.model.kind = "independent";
    QVERIFY_EXCEPTION_THROWN(GradientMethod(config, networkFor(config)), Error);
    config.model.kind = "hemis";
    config.gmd.tolerance = 0.01;
    QVERIFY_EXCEPTION_THROWN(GradientMethod(config, networkFor(config)), Error);
    config = smallConfig();
    config.train.crop = 24;
    QVERIFY_EXCEPTION_THROWN(GradientMethod(config, networkFor(config)), Error);
  }

  void aStepWithoutAnySubsetIsRefused() {
    RunConfig config = smallConfig();
    config.gmd.subsets = "full";
    Batch batch = randomBatch(1);
    batch.available = {parseModalities(brats(), "t1")};
    QVERIFY_EXCEPTION_THROWN(stepWith(config, batch), Error);
  }

  void independentNetworksEachTakeTheirOwnLossInFull() {
    RunConfig config = smallConfig();
    config.model.kind = "independent";
    config.train.method = "joint";
    const Batch batch = randomBatch(1);
    const Tensor both = stepWith(config, batch).merged;
    config.gmd.subsets = "full";
    const Tensor one = stepWith(config, batch).merged;
    const auto layout = networkFor(config)->layout();
    for (const ParameterBlock& block : layout.blocks())
      if (block.isReachedBy(brats().all())) {
        const Tensor a = both.narrow(0, block.offset, block.size);
        QVERIFY(torch::allclose(a, one.narrow(0, block.offset, block.size), 1e-4, 1e-7));
      }
  }
};

APPLESS_TEST(GradientMethodTest)
#include "gradient_method_test.moc"
