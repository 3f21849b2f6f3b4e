#include "core/attribution/grad_cam.h"

#include <QTest>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/base/error.h"
#include "core/inference/volumes/windows.h"
#include "core/models/factory/model_factory.h"
#include "core/models/unet/ds_unet3d.h"
#include "core/problem/brats.h"
#include "tests/core/attribution/two_channel_model.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::TwoChannelModel;
using torch::Tensor;

namespace {

const ModalitySchema& brats() {
  return bratsModalities();
}

/// x [M, D, H, W]; modalities outside the set are absent.
PreparedCase caseOf(const Tensor& x, ModalitySet set) {
  PreparedCase patient;
  patient.grid.size = {x.size(3), x.size(2), x.size(1)};
  for (std::size_t m = 0; m < 4; ++m) {
    patient.modalities.emplace_back();
    if (!set.contains(ModalityId(m))) continue;
    const Tensor one = x[static_cast<std::int64_t>(m)].contiguous();
    const float* p = one.data_ptr<float>();
    patient.modalities.back() = Volume{patient.grid, std::vector<float>(p, p + one.numel())};
  }
  return patient;
}

SegmenterOptions windowsOf(std::int64_t window) {
  SegmenterOptions options;
  options.window = window;
  return options;
}

Tensor nowhere(const Tensor& x) {
  return torch::zeros(x.sizes().slice(1), torch::kBool);
}

std::unique_ptr<MultimodalModel> make(const QString& kind) {
  RunConfig config;
  config.model.kind = kind.toStdString();
  config.model.width = 0.25;
  auto model = makeModel(config, bratsProblem(), torch::kCPU);
  // Affines away from 1 and 0, so that mixing them up shows.
  model->parameters().add_(0.05 * torch::randn_like(model->parameters()));
  return model;
}

double relativeError(const Tensor& a, const Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

/// ds-norm for one modality written the slow, obvious way: what the third block up says, and the
/// logits from there.
struct PlainBranch {
  Tensor up3;
  Tensor logits;
};
PlainBranch plainBranch(const DsUnet3d& net, const Tensor& x, std::size_t m) {
  const auto conv = [&](const UnetConv& c, const Tensor& h) {
    const auto z = torch::conv3d(h, net.parameter(c.weight), net.parameter(c.bias), 1, 1);
    return torch::relu(
        torch::group_norm(z, 8, net.parameter(c.gamma + m), net.parameter(c.beta + m)));
  };
  const auto block = [&](const UnetBlock& b, const Tensor& h) { return conv(b.b, conv(b.a, h)); };
  std::vector<Tensor> skips;
  for (const UnetBlock& level : net.encoder())
    skips.push_back(block(level, skips.empty() ? x : torch::max_pool3d(skips.back(), 2)));
  Tensor h = skips.back(), up3;
  for (std::size_t i = 0; i < net.decoder().up.size(); ++i) {
    const std::vector<std::int64_t> size{2 * h.size(2), 2 * h.size(3), 2 * h.size(4)};
    h = torch::upsample_trilinear3d(h, size, true);
    h = block(net.decoder().up[i], torch::cat({skips[3 - i], h}, 1));
    if (i == 2) up3 = h = h.detach().requires_grad_(true);
  }
  return {up3, torch::conv3d(h, net.parameter(net.decoder().head.weight),
                             net.parameter(net.decoder().head.bias))};
}

}  // namespace

class GradCamTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(5); }

  void twoChannelsByHand() {
    // Cells along x hold 1 and 3; T1: f = 2 A0 − 3, FLAIR: f = A0. y sums 8 of the 64 voxels over
    // the mean of both, and the layer has 8 voxels: α = w/2 · 8/8.
    const TwoChannelModel model({{2, -3}, {}, {}, {1, 0}});
    const ModalitySet set = parseModalities(brats(), "t1,flair");
    auto x = torch::ones({4, 4, 4, 4});
    x.narrow(3, 2, 2).fill_(3);
    Tensor voxels = nowhere(x);
    voxels.narrow(2, 2, 2).narrow(1, 0, 2).narrow(0, 1, 2).fill_(true);
    const GradCamTask task{set, 0, {{2, voxels}}};
    const auto patient = caseOf(x, set);
    const auto alpha = channelWeights(model, patient, windowsOf(4), task);
    QVERIFY(torch::allclose((*alpha)[0], torch::tensor({{1.0F, -1.5F}, {0.5F, 0.0F}})));
    // T1: max(0, 1·1 − 1.5) = 0 and 3 − 1.5 = 1.5; FLAIR: 0.5 and 1.5; between them trilinear.
    const auto maps = gradCam(model, patient, windowsOf(4), task);
    QCOMPARE(maps->sizes(), at::IntArrayRef({1, 2, 4, 4, 4}));
    const auto row = [&](int m) { return (*maps)[0][m][1][2]; };
    QVERIFY(torch::allclose(row(0), torch::tensor({0.0F, 0.375F, 1.125F, 1.5F})));
    QVERIFY(torch::allclose(row(1), torch::tensor({0.5F, 0.75F, 1.25F, 1.5F})));
  }

  void severalWindowsOfALocalNetworkGiveTheSameWeightsAndMaps() {
    const TwoChannelModel model({{2, -1}, {}, {}, {-1, 0.5}});
    const ModalitySet set = parseModalities(brats(), "t1,flair");
    const auto x = torch::full({4, 4, 4, 10}, 2.0);  // four windows along x
    Tensor voxels = nowhere(x);
    voxels.narrow(2, 1, 5).fill_(true);  // 80 voxels; the layer has 20
    int last = 0, total = 0;
    const GradCamTask task{set, 0, {{0, voxels}, {1, nowhere(x)}}};
    const auto maps =
        gradCam(model, caseOf(x, set), windowsOf(4), task, {}, [&](int done, int all) {
          QCOMPARE(done, last + 1);
          last = done;
          total = all;
        });
    QCOMPARE(last, total);
    const auto t1 = (*maps)[0][0], flair = (*maps)[0][1];
    // α = (2, −1)/2 · 80/20 and A = (2, 1): 8 − 2 = 6. FLAIR: −4 + 1 < 0.
    QVERIFY(torch::allclose(t1, torch::full_like(t1, 6.0)));
    QCOMPARE(flair.abs().max().item<float>(), 0.0F);
    QCOMPARE((*maps)[1].abs().max().item<float>(), 0.0F);  // no voxel, no gradient
  }

  void aStopIsHeardInBothWalks() {
    const TwoChannelModel model({{2, -1}});
    const ModalitySet set(ModalityId(0));
    const auto x = torch::ones({4, 4, 4, 8});
    const GradCamTask task{set, 0, {{0, nowhere(x).fill_(true)}}};
    for (const int when : {1, 4}) {  // three windows in each walk
      std::stop_source stop;
      const auto maps =
          gradCam(model, caseOf(x, set), windowsOf(4), task, stop.get_token(), [&](int done, int) {
            if (done == when) stop.request_stop();
          });
      QVERIFY(!maps);
    }
  }

  void oneWindowOfDsNormAgainstThePlainNetwork() {
    const auto model = make("ds-norm");
    const auto& net = dynamic_cast<const DsUnet3d&>(*model);
    const ModalitySet set = parseModalities(brats(), "t1,t2,flair");
    const auto x = torch::randn({4, 16, 16, 16});
    const auto voxels = torch::rand({16, 16, 16}) < 0.2;
    const auto layers = net.ownLayers();
    QCOMPARE(layers.size(), std::size_t{9});
    QCOMPARE(layers[7].name, std::string("up 3"));
    QCOMPARE(layers[7].level, 1);
    const GradCamTask task{set, 7, {{1, voxels}}};
    const auto alpha = channelWeights(net, caseOf(x, set), windowsOf(16), task);
    const auto maps = gradCam(net, caseOf(x, set), windowsOf(16), task);
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t m = set.ids()[i].index();
      const auto plain =
          plainBranch(net, x[static_cast<std::int64_t>(m)].view({1, 1, 16, 16, 16}), m);
      const auto y = (plain.logits[0][1] / 3).masked_select(voxels).sum();
      const auto gradient = torch::autograd::grad({y}, {plain.up3})[0];
      const auto expected = gradient.mean({0, 2, 3, 4});
      const auto place = static_cast<std::int64_t>(i);
      QVERIFY(relativeError((*alpha)[0][place], expected) < 1e-4);
      const auto low =
          torch::relu((plain.up3.detach() * expected.view({1, -1, 1, 1, 1})).sum(1, true));
      const auto map = torch::upsample_trilinear3d(low, {16, 16, 16}, false)[0][0];
      QVERIFY(relativeError((*maps)[0][place], map) < 1e-4);
    }
  }

  /// The blended logits of all windows as one function of all windows' activations.
  void weightsOverWindowsAreTheGradientOfTheBlendedLogits() {
    const auto model = make("hemis");
    const ModalitySet set = parseModalities(brats(), "t1,t1ce");
    const auto x = torch::randn({4, 16, 16, 28});
    const auto patient = caseOf(x, set);
    const auto voxels = torch::rand({16, 16, 28}) < 0.1;
    const auto options = windowsOf(16);
    const GradCamTask task{set, 1, {{0, voxels}}};
    const auto alpha = channelWeights(*model, patient, options, task);
    const auto weight = windowWeight(16);
    std::vector<Tensor> leaves;
    Tensor top = torch::zeros({16, 16, 28}), bottom = torch::zeros({16, 16, 28});
    const auto padded = paddedInput(patient, brats().ids(), 16);
    QCOMPARE(windowsOver(padded, options).size(), std::size_t{3});
    for (const WindowPlace& at : windowsOver(padded, options)) {
      const auto cut = model->cutAt(1, windowAt(padded, at, 16).unsqueeze(0), set);
      leaves.push_back(cut.activations.detach().requires_grad_(true));
      const auto f = cut.rest(leaves.back())[0][0] * weight;
      const std::vector<std::int64_t> around{at[2], 28 - 16 - at[2]};  // along x
      top = top + torch::constant_pad_nd(f, around);
      bottom = bottom + torch::constant_pad_nd(weight, around);
    }
    const auto y = (top / bottom).masked_select(voxels).sum();
    Tensor sum = torch::zeros({2, leaves[0].size(1)});
    for (const Tensor& gradient : torch::autograd::grad({y}, leaves))
      sum += gradient.sum({2, 3, 4});
    QVERIFY(relativeError((*alpha)[0], sum / (8 * 8 * 14)) < 1e-4);
  }

  void everyLayerContinuesToTheNetworksLogits_data() { kindsWithLayers(); }
  void everyLayerContinuesToTheNetworksLogits() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const ModalitySet set = parseModalities(brats(), "t1ce,flair");
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const auto expected = model->logits(x, set);
    const auto layers = model->ownLayers();
    QVERIFY(layers.size() >= 5);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const LayerCut cut = model->cutAt(i, x, set);
      QCOMPARE(cut.activations.size(0), 2);
      QCOMPARE(cut.activations.size(2), 16 >> layers[i].level);
      QVERIFY2(relativeError(cut.rest(cut.activations), expected) < 1e-4, layers[i].name.c_str());
    }
  }

  /// (y(A + εd) − y(A − εd)) / 2ε against g · d, d along the gradient g.
  void gradientsOfActivationsAgreeWithDifferences_data() { kindsWithLayers(); }
  void gradientsOfActivationsAgreeWithDifferences() {
    QFETCH(QString, kind);
    const auto model = make(kind);
    const GradCamTask task{brats().all(), 1, {}};
    const auto x = torch::randn({1, 4, 16, 16, 16});
    const auto c = torch::randn({1, 3, 16, 16, 16});
    const auto gradients = activationGradients(*model, task, x, {c, {}});
    QCOMPARE(gradients[1].abs().max().item<float>(), 0.0F);
    const LayerCut cut = model->cutAt(1, x, brats().all());
    // Among zeros alone, which of them is a pool's largest is not to be differentiated.
    const auto open = gradients[0] * (cut.activations > 0);
    const auto direction = open / open.norm();
    const auto along = [&](double epsilon) {
      const auto f = cut.rest(cut.activations + epsilon * direction);
      return (f * c).sum(torch::kFloat64).item<double>();
    };
    const double slope = (along(2e-3) - along(-2e-3)) / 4e-3;
    const double expected = (gradients[0] * direction).sum().item<double>();
    QVERIFY2(std::abs(slope - expected) < 0.02 * expected,
             qPrintable(QString("%1 against %2").arg(slope).arg(expected)));
  }

  void networksThatMixAtOnceHaveNoLayersOfTheirOwn() {
    for (const char* kind : {"early-fusion", "independent"}) {
      const auto model = make(kind);
      QVERIFY(model->ownLayers().empty());
      QVERIFY_EXCEPTION_THROWN(model->cutAt(0, torch::zeros({1, 4, 16, 16, 16}), brats().all()),
                               Error);
    }
  }

 private:
  static void kindsWithLayers() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"ds-norm", "ds-encoder", "hemis"}) QTest::newRow(kind) << kind;
  }
};

APPLESS_TEST(GradCamTest)
#include "grad_cam_test.moc"
