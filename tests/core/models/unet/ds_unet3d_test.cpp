#include "core/models/unet/ds_unet3d.h"

#include <QTest>
#include <algorithm>
#include <initializer_list>
#include <limits>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/base/error.h"
#include "core/models/unet/ds_unet3d_tape.h"
#include "core/problem/brats.h"
#include "tests/core/models/unet/plain_unet.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

DsUnet3d makeNet(double width, const ModalitySchema& schema = bratsModalities()) {
  return DsUnet3d(width, schema, {"wt", "tc", "et"}, Seed{7}, torch::kCPU);
}

ModalitySchema schemaOf(int modalities) {
  std::vector<Modality> all;
  for (int m = 0; m < modalities; ++m) {
    const std::string name(1, static_cast<char>('a' + m));
    all.push_back({name, name});
  }
  return ModalitySchema(all);
}

/// Affines of every modality moved away from 1 and 0, so that mixing them up shows.
void disturb(const DsUnet3d& net) {
  net.parameters().add_(0.05 * torch::randn_like(net.parameters()));
}

/// Channels that are all open or all shut, so that rounding cannot carry a voxel across the ReLU.
void keepAwayFromTheKink(const DsUnet3d& net) {
  for (std::size_t b = 0; b < net.layout().blocks().size(); ++b) {
    if (!net.layout()[b].owner) continue;
    const bool scale = net.layout()[b].name.ends_with("weight");
    const auto values = torch::randn_like(net.parameter(b));
    net.parameter(b).copy_(scale ? 0.1 * values.clamp(-1, 1) : values.sign());
  }
}

double relativeError(const torch::Tensor& a, const torch::Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

}  // namespace

class DsUnet3dTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void halfWidthWithFourModalitiesHasThePublishedNumberOfParameters() {
    const auto net = makeNet(0.5);
    QCOMPARE(net.layout().total(), 3245235);  // METHOD section 3
    QCOMPARE(net.layout().sharedTotal(), 3236403);
    QCOMPARE(net.describe().totalParameters(), 3245235);
    QCOMPARE(net.describe().perModalityParameters() * 4, 8832);
  }

  void fullWidthHasThePublishedNumberOfParameters() {
    QCOMPARE(makeNet(1).layout().total(), 12960099);
  }

  void aWidthThatDoesNotFitTheGroupsIsRefused() { QVERIFY_EXCEPTION_THROWN(makeNet(0.3), Error); }

  void eachBranchComputesWhatThePlainNetworkDoes() {
    const auto net = makeNet(0.25);
    disturb(net);
    const auto x = torch::randn({2, 4, 16, 32, 16});
    const auto plain = testing::plainUnet(net, net.parameters(), x);
    QVERIFY(relativeError(net.branchLogits(x, net.schema().ids()), plain) < 1e-5);
    const auto some =
        net.branchLogits(x.index_select(1, torch::tensor({1, 3})), {ModalityId(1), ModalityId(3)});
    QVERIFY(relativeError(some, plain.index_select(1, torch::tensor({1, 3}))) < 1e-5);
  }

  void everyRowIsWhatAutogradGivesForItsModalityAndCotangent() {
    const auto net = makeNet(0.25);
    disturb(net);
    const std::int64_t cotangents = 2;
    const auto x = torch::randn({1, 4, 32, 32, 32});
    const auto c = torch::randn({1, 4, cotangents, 3, 32, 32, 32});
    const auto rows = net.record(x)->pullBackRows(c);
    const auto theta = net.parameters().to(torch::kFloat64).requires_grad_();
    const auto f = testing::plainUnet(net, theta, x.to(torch::kFloat64));
    std::vector<double> errors;
    for (std::int64_t m = 0; m < 4; ++m)
      for (std::int64_t r = 0; r < cotangents; ++r) {
        const auto scalar = (f.select(1, m) * c.select(1, m).select(1, r)).sum();
        const auto expected = torch::autograd::grad({scalar}, {theta}, {}, true)[0];
        errors.push_back(relativeError(rows[m * cotangents + r], expected.to(torch::kFloat32)));
      }
    // Rounding may carry one of millions of activations across the ReLU's kink, which moves a
    // gradient by about 1e-3; it happens to few rows. A wrong layer would show in all of them.
    std::sort(errors.begin(), errors.end());
    QVERIFY(errors[errors.size() / 2] < 1e-5);
    QVERIFY(errors.back() < 2e-2);
  }

  void theTensorLibrarysLayersGiveTheSame_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("modalities");
    QTest::newRow("quarter, 2") << 0.25 << 2;
    QTest::newRow("half, 3") << 0.5 << 3;
    QTest::newRow("three quarters, 1") << 0.75 << 1;
    QTest::newRow("quarter, 8") << 0.25 << 8;
  }
  void theTensorLibrarysLayersGiveTheSame() {
    QFETCH(double, width);
    QFETCH(int, modalities);
    const auto net = makeNet(width, schemaOf(modalities));
    keepAwayFromTheKink(net);
    const auto x = torch::randn({2, modalities, 16, 32, 16});
    auto c = torch::randn({2, modalities, 3, 3, 16, 32, 16});
    c.select(2, 1).zero_();  // a modality may need fewer cotangents than others
    const DsUnet3dTape plain(net, x, net.schema().ids());
    const auto tape = net.record(x);
    QVERIFY(relativeError(tape->logits(), plain.logits()) < 1e-5);
    const auto rows = tape->pullBackRows(c), expected = plain.pullBackRows(c);
    for (std::int64_t e = 0; e < rows.size(0); ++e)
      QVERIFY((rows[e] - expected[e]).norm().item<double>() <=
              1e-4 * expected[e].norm().item<double>());
  }

  void theSumIsTheSumOfTheRows() {
    const auto net = makeNet(0.25, ModalitySchema({{"a", "A"}, {"b", "B"}, {"c", "C"}}));
    const auto tape = net.record(torch::randn({1, 3, 16, 16, 16}));
    const auto c = torch::randn({1, 3, 3, 16, 16, 16});
    const auto rows = tape->pullBackRows(c.unsqueeze(2));
    QVERIFY(relativeError(tape->pullBackSum(c), rows.sum(0)) < 1e-5);
  }

  void someBranchesAreThoseOfAll() {
    const auto net = makeNet(0.25, schemaOf(3));
    keepAwayFromTheKink(net);
    auto x = torch::randn({2, 3, 16, 16, 16});
    const auto c = torch::randn({2, 3, 2, 3, 16, 16, 16});
    const std::vector<ModalityId> which{ModalityId(0), ModalityId(2)};
    const auto indices = indicesOf(which, torch::kCPU);
    const auto all = net.record(x)->pullBackRows(c).view({3, 2, -1});
    const auto expected = all.index_select(0, indices).flatten(0, 1);
    x.select(1, 1).fill_(std::numeric_limits<float>::quiet_NaN());
    const auto part = c.index_select(1, indices);
    const DsUnet3dTape plain(net, x, which);
    const auto blocked = net.recordBranches(x, which);
    for (const BranchTape* tape : std::initializer_list<const BranchTape*>{&plain, blocked.get()}) {
      QCOMPARE(tape->logits().size(1), 2);
      QVERIFY(relativeError(tape->pullBackRows(part), expected) < 1e-4);
      QVERIFY(relativeError(tape->pullBackSum(part.sum(2)), expected.sum(0)) < 1e-4);
    }
  }

  void zerosSendNothingBackFromABranchThatIsNotFinite() {
    const auto net = makeNet(0.25, schemaOf(2));
    auto x = torch::randn({1, 2, 16, 16, 16});
    x.select(1, 1).fill_(std::numeric_limits<float>::quiet_NaN());
    auto c = torch::randn({1, 2, 3, 16, 16, 16});
    c.select(1, 1).zero_();
    const auto alone = net.recordBranches(x, {ModalityId(0)})->pullBackSum(c.narrow(1, 0, 1));
    QVERIFY(torch::equal(net.record(x)->pullBackSum(c), alone));
  }

  void anotherModalitysNormalisationGetsNoGradient() {
    const auto net = makeNet(0.25);
    const auto rows = net.record(torch::randn({1, 4, 16, 16, 16}))
                          ->pullBackRows(torch::randn({1, 4, 1, 3, 16, 16, 16}));
    for (const ParameterBlock& block : net.layout().blocks()) {
      if (!block.owner) continue;
      for (std::int64_t m = 0; m < 4; ++m) {
        const auto part = rows[m].narrow(0, block.offset, block.size);
        QCOMPARE(part.norm().item<float>() > 0,
                 m == static_cast<std::int64_t>(block.owner->index()));
      }
    }
  }

  void theSeedFixesTheInitialWeights() {
    QVERIFY(torch::equal(makeNet(0.25).parameters(), makeNet(0.25).parameters()));
    const DsUnet3d other(0.25, bratsModalities(), {"wt", "tc", "et"}, Seed{8}, torch::kCPU);
    QVERIFY(!torch::equal(makeNet(0.25).parameters(), other.parameters()));
  }
};

APPLESS_TEST(DsUnet3dTest)
#include "ds_unet3d_test.moc"
