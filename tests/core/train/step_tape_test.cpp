#include "core/train/step_tape.h"

#include <QTest>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/base/error.h"
#include "core/gmd/projection.h"
#include "core/models/factory/model_factory.h"
#include "core/models/unet/ds_unet3d.h"
#include "core/networks/fact_rows.h"
#include "core/networks/network_facts.h"
#include "core/problem/brats.h"
#include "tests/core/gmd/long_rows.h"
#include "tests/core/models/unet/plain_unet.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::longRows;
using torch::Tensor;

namespace {

const ModalitySchema kTwo({{"a", "A"}, {"b", "B"}});
const ModalitySet kBoth = ModalitySet::firstOf(2), kA{ModalityId(0)}, kB{ModalityId(1)};

double cosine(const Tensor& a, const Tensor& b) {
  return (a.dot(b) / (a.norm() * b.norm())).item<double>();
}

double lengthRatio(const Tensor& a, const Tensor& b) {
  return (a.norm() / b.norm()).item<double>();
}

std::unique_ptr<MultimodalModel> make(const std::string& kind, const ModalitySchema& schema) {
  RunConfig config;
  config.model.kind = kind;
  return makeModel(config, volumeProblem(schema, bratsRegions()), torch::kCPU);
}

struct Sample {
  Tensor x;
  Tensor y;
  std::vector<SubsetTask> tasks;

  Sample(std::int64_t n, const ModalitySchema& schema)
      : x(torch::randn({n, static_cast<std::int64_t>(schema.size()), 16, 16, 16})),
        y((torch::rand({n, 3, 16, 16, 16}) > 0.7).to(torch::kFloat32)),
        tasks(tasksFor(std::vector<ModalitySet>(static_cast<std::size_t>(n), schema.all()),
                       allSubsets(schema))) {}
};

Tensor plainDice(const Tensor& logits, const Tensor& target) {
  const auto sum = [](const Tensor& t) { return t.sum(at::IntArrayRef{0, 2, 3, 4}); };
  const Tensor p = logits.sigmoid();
  return (1 - (2 * sum(p * target) + 1) / (sum(p) + sum(target) + 1)).mean();
}

Tensor meanOf(const Tensor& logits, ModalitySet set) {
  return logits.index_select(1, indicesOf(set, torch::kCPU)).mean(1);
}

}  // namespace

class StepTapeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(17); }

  void everySubsetsGradientIsAutograds() {
    const DsUnet3d net(0.25, kTwo, {"wt", "tc", "et"}, Seed{5}, torch::kCPU);
    const Sample sample(2, kTwo);
    const auto tape = recordStep(net, sample.x, sample.y, sample.tasks, LossKind::Dice);
    const auto rows = longRows(tape->exactRows());
    const auto theta = net.parameters().clone().requires_grad_();
    const auto f = testing::plainUnet(net, theta, sample.x);
    Tensor sum = torch::zeros_like(rows[0]);
    for (std::size_t s = 0; s < sample.tasks.size(); ++s) {
      const auto loss = plainDice(meanOf(f, sample.tasks[s].set), sample.y);
      const auto expected = torch::autograd::grad({loss}, {theta}, {}, true)[0];
      QVERIFY(cosine(rows[static_cast<std::int64_t>(s)], expected) > 0.99999);
      sum += expected / 3;
    }
    QVERIFY(cosine(tape->jointGradient(), sum) > 0.99999);
    QVERIFY(std::abs(lengthRatio(tape->jointGradient(), sum) - 1) < 1e-3);
  }

  void theJointGradientWeighsItsTasks_data() { kinds(); }
  void theJointGradientWeighsItsTasks() {
    QFETCH(QString, kind);
    const auto net = make(kind.toStdString(), kTwo);
    Sample sample(1, kTwo);
    sample.tasks.pop_back();
    sample.tasks[0].weight = 0.9;
    sample.tasks[1].weight = 0.1;
    const auto tape = recordStep(*net, sample.x, sample.y, sample.tasks, LossKind::DiceBce);
    const auto rows = longRows(tape->exactRows());
    const Tensor expected = 0.9 * rows[0] + 0.1 * rows[1];
    QVERIFY(cosine(tape->jointGradient(), expected) > 0.99999);
    QVERIFY(std::abs(lengthRatio(tape->jointGradient(), expected) - 1) < 1e-3);
  }

  void aGeneralNetworksRowsFollowItsLosses() {
    const auto net = make("hemis", kTwo);
    const Sample sample(1, kTwo);
    const auto rows =
        longRows(recordStep(*net, sample.x, sample.y, sample.tasks, LossKind::Dice)->exactRows());
    const Tensor direction = rows[1] / rows[1].norm();
    const auto lossAt = [&](double epsilon) {
      net->parameters().add_(epsilon * direction);
      const auto losses =
          recordStep(*net, sample.x, sample.y, sample.tasks, LossKind::Dice)->losses().losses;
      net->parameters().sub_(epsilon * direction);
      return losses[1];
    };
    const double slope = (lossAt(3e-3) - lossAt(-3e-3)) / 6e-3;
    QVERIFY(std::abs(slope / rows[1].norm().item<double>() - 1) < 0.05);
  }

  void aFullBasisGivesTheExactGradients() {
    const auto net = make("ds-norm", bratsModalities());
    const Sample sample(2, bratsModalities());
    const auto tape = recordStep(*net, sample.x, sample.y, sample.tasks, LossKind::DiceBce);
    const auto exact = longRows(tape->exactRows());
    const BasisRows basis = tape->basisRows(1e-9);
    const auto rebuilt = longRows(basis.rows);
    for (std::int64_t s = 0; s < 15; ++s) {
      QVERIFY(cosine(rebuilt[s], exact[s]) > 0.9999);
      QVERIFY(std::abs(lengthRatio(rebuilt[s], exact[s]) - 1) < 1e-2);
    }
    for (const double discarded : basis.discarded) QVERIFY(discarded <= 1e-9);
  }

  void aToleranceSavesPassesAndKeepsToIt() {
    const auto net = make("ds-norm", bratsModalities());
    const Sample sample(1, bratsModalities());
    const auto tape = recordStep(*net, sample.x, sample.y, sample.tasks, LossKind::DiceBce);
    const BasisRows coarse = tape->basisRows(0.05);
    QCOMPARE(coarse.ranks.size(), std::size_t{4});
    for (std::size_t m = 0; m < 4; ++m) {
      QVERIFY(coarse.ranks[m] >= 1 && coarse.ranks[m] < 8);
      QVERIFY(coarse.discarded[m] <= 0.05);
    }
    QVERIFY(coarse.rows.rows.size(0) < 32);
  }

  void onlyLateFusionHasAShorterBackwardPass() {
    const auto net = make("hemis", kTwo);
    const Sample sample(1, kTwo);
    const auto tape = recordStep(*net, sample.x, sample.y, sample.tasks, LossKind::Dice);
    QVERIFY_EXCEPTION_THROWN(tape->basisRows(0.01), Error);
  }

  void theMergedGradientIsThatOfThePapersProcedure() {
    const DsUnet3d net(0.25, kTwo, {"wt", "tc", "et"}, Seed{5}, torch::kCPU);
    Sample sample(1, kTwo);
    // Two tasks, so that the order of projection does not matter and the long way needs no order.
    sample.tasks = tasksFor({kBoth}, {kA, kB});
    const auto rows =
        recordStep(net, sample.x, sample.y, sample.tasks, LossKind::Dice)->exactRows();
    const auto c = projectConflicts(gram(rows, net.layout(), ConflictOver::All), {{0, 1}, {0, 1}});
    const auto got = mergeRows(rows, c, net.layout(), Merge::Mean);

    const auto g = longRows(rows);
    const auto projected = g.clone();
    const auto dot = g[0].dot(g[1]).clamp_max(0);
    projected[0] -= dot / g[1].dot(g[1]) * g[1];
    projected[1] -= dot / g[0].dot(g[0]) * g[0];
    for (const ParameterBlock& block : net.layout().blocks()) {
      const auto part = projected.narrow(1, block.offset, block.size);
      const auto expected = block.owner ? part.sum(0) : part.mean(0);
      QVERIFY(torch::allclose(got.narrow(0, block.offset, block.size), expected, 1e-3, 1e-5));
    }
  }

 private:
  static void kinds() {
    QTest::addColumn<QString>("kind");
    for (const std::string& kind : namesOf(networksOf(DataKind::Volumes)))
      QTest::newRow(kind.c_str()) << QString::fromStdString(kind);
  }
};

APPLESS_TEST(StepTapeTest)
#include "step_tape_test.moc"
