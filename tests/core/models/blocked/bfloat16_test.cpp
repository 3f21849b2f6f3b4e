#include <QTest>
#include <cmath>
#include <limits>

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/models/blocked/blocked_layers.h"
#include "core/models/unet/ds_unet3d.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;
using torch::Tensor;

namespace {

using Shape = std::vector<std::int64_t>;

double relativeError(const Tensor& a, const Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

double cosine(const Tensor& a, const Tensor& b) {
  const Tensor x = a.flatten().to(torch::kFloat64), y = b.flatten().to(torch::kFloat64);
  return (x.dot(y) / (x.norm() * y.norm())).item<double>();
}

/// What a convolution of bfloat16 multiplies, in double.
Tensor rounded(const Tensor& t) {
  return t.detach().to(torch::kBFloat16).to(torch::kFloat64);
}

/// [N, C, D, H, W] → [N, C/lanes, D, H, W, lanes] and back.
Tensor blocked(const Tensor& t, std::int64_t lanes) {
  return t.detach()
      .unflatten(1, Shape{t.size(1) / lanes, lanes})
      .permute({0, 1, 3, 4, 5, 2})
      .contiguous();
}
Tensor plain(const Tensor& t) {
  return t.permute({0, 1, 5, 2, 3, 4}).flatten(1, 2);
}

Tensor pulled(const Tensor& y, const Tensor& c, const Tensor& x) {
  return torch::autograd::grad({(y * c).sum()}, {x}, {}, true)[0];
}

Tensor convolved(const BlockedLayers& layers, const Tensor& x, const Tensor& weight,
                 const Tensor& bias) {
  const Tensor packed =
      x.dim() == 5 ? layers.packedForVolumes(weight) : layers.packedWeights(weight, false);
  return layers.convolveAndMeasure(x, packed, bias, bias, bias, 8).z;
}

/// Each output channel is the input channel of the same number.
Tensor identityWeights(std::int64_t channels) {
  auto weight = torch::zeros({channels, channels, 3, 3, 3});
  for (std::int64_t c = 0; c < channels; ++c) weight[c][c][1][1][1] = 1;
  return weight;
}

DsUnet3d makeNet(double width, Precision precision) {
  return DsUnet3d(width, bratsModalities(), {"wt", "tc", "et"}, Seed{7}, torch::kCPU, precision);
}

/// Channels that are all open or all shut: rounding carries no voxel across the ReLU.
void keepAwayFromTheKink(const DsUnet3d& net) {
  torch::manual_seed(9);
  for (std::size_t b = 0; b < net.layout().blocks().size(); ++b) {
    if (!net.layout()[b].owner) continue;
    const bool scale = net.layout()[b].name.ends_with("weight");
    const auto values = torch::randn_like(net.parameter(b));
    net.parameter(b).copy_(scale ? 0.1 * values.clamp(-1, 1) : values.sign());
  }
}

}  // namespace

/// Convolutions that multiply bfloat16, of every instruction set that this processor has.
class BFloat16Test : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(5); }

  void everyProcessorHasThem() {
    QVERIFY(!kernelsOfThisProcessor(Precision::BFloat16).empty());
    for (const std::int64_t channels : {8, 16, 24, 32}) {
      QCOMPARE(channels % blockedKernels(channels, Precision::BFloat16).lanes(), 0);
      QCOMPARE(blockedKernels(channels, Precision::BFloat16).precision(), Precision::BFloat16);
    }
  }

  /// In double on rounded factors, so that nothing but the order of float32 sums may differ.
  void onlyTheFactorsAreRounded_data() { sizes({3, 3, 5}); }
  void onlyTheFactorsAreRounded() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    for (const std::int64_t outputs : {1, 2, 4}) {
      const auto x = torch::randn({2, 3 * l, grid[0], grid[1], grid[2]});
      const auto weight = torch::randn({outputs * l, 3 * l, 3, 3, 3});
      const auto bias = torch::randn({outputs * l});
      const auto exactX = rounded(x).requires_grad_(), exactW = rounded(weight).requires_grad_();
      const auto y = torch::conv3d(exactX, exactW, bias.to(torch::kFloat64), 1, 1);
      isNear(plain(convolved(layers, blocked(x, l), weight, bias)), y);

      const auto c = torch::randn({2, outputs * l, grid[0], grid[1], grid[2]});
      auto dx = torch::empty_like(blocked(x, l));
      layers.pullConvolution(blocked(c, l), layers.packedWeights(weight, true), dx);
      isNear(plain(dx), pulled(y, rounded(c), exactX));

      auto dw = torch::zeros({weight.numel()});
      layers.addWeightGradient(blocked(x, l), blocked(c, l), dw.data_ptr<float>());
      isNear(dw, pulled(y, rounded(c), exactW).flatten());
    }
  }

  void aPlainVolumeIsNotRounded_data() { sizes({2, 5, 3}); }
  void aPlainVolumeIsNotRounded() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    const auto x = torch::randn({2, 1, grid[0], grid[1], grid[2]});
    const auto weight = torch::randn({2 * l, 1, 3, 3, 3}), bias = torch::randn({2 * l});
    const auto exactW = weight.to(torch::kFloat64).requires_grad_();
    const auto y = torch::conv3d(x.to(torch::kFloat64), exactW, bias.to(torch::kFloat64), 1, 1);
    isNear(plain(convolved(layers, x, weight, bias)), y);
    const auto c = torch::randn({2, 2 * l, grid[0], grid[1], grid[2]});
    auto dw = torch::zeros({weight.numel()});
    layers.addWeightGradient(x, blocked(c, l), dw.data_ptr<float>());
    isNear(dw, pulled(y, c.to(torch::kFloat64), exactW).flatten());
  }

  /// bfloat16 has 8 significant bits: next to 1 its numbers are 2⁻⁷ apart.
  void roundingIsToTheNearestAndTiesGoToEven_data() { sets(); }
  void roundingIsToTheNearestAndTiesGoToEven() {
    QFETCH(int, kernels);
    const float step = 0x1p-7f, infinity = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<std::pair<float, float>> expected{
        {1 + step / 2, 1},
        {1 + 1.5f * step, 1 + 2 * step},
        {-1 - 1.5f * step, -1 - 2 * step},
        {std::nextafter(1 + step / 2, 2.0f), 1 + step},
        {std::nextafter(1 + step / 2, 1.0f), 1},
        {std::numeric_limits<float>::max(), infinity},
        {infinity, infinity},
        {-infinity, -infinity},
        {nan, nan}};
    for (const auto& [from, to] : expected)
      for (const std::int64_t voxel : {0, 1, 4}) {
        const std::vector<float> results{throughConvolution(kernels, from, voxel),
                                         throughWeightGradient(kernels, from, voxel, false),
                                         throughWeightGradient(kernels, from, voxel, true)};
        for (const float got : results)
          QVERIFY2(got == to || (std::isnan(got) && std::isnan(to)),
                   qPrintable(QString("%1 became %2").arg(from, 0, 'g', 9).arg(got, 0, 'g', 9)));
      }
  }

  void everyTapOfTheWeightGradientReadsItsOwnNeighbour_data() { sizes({3, 3, 3}); }
  void everyTapOfTheWeightGradientReadsItsOwnNeighbour() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    const auto x = torch::randn({1, l, grid[0], grid[1], grid[2]});
    const auto around = torch::constant_pad_nd(rounded(x), {1, 1, 1, 1, 1, 1});
    for (std::int64_t w = 0; w < grid[2]; w += std::max<std::int64_t>(1, grid[2] / 5)) {
      auto dz = torch::zeros_like(x);
      dz[0][3][1][2][w] = 1;
      auto dw = torch::zeros({l * l * 27});
      layers.addWeightGradient(blocked(x, l), blocked(dz, l), dw.data_ptr<float>());
      const auto read =
          around[0].narrow(1, 1, 3).narrow(2, 2, 3).narrow(3, w, 3).to(torch::kFloat32);
      QVERIFY(torch::equal(dw.view({l, l, 3, 3, 3})[3], read));
    }
  }

  void theNetworkStaysCloseToFloat32_data() {
    QTest::addColumn<double>("width");
    QTest::newRow("8 channels") << 0.25;
    QTest::newRow("16 channels") << 0.5;
  }
  void theNetworkStaysCloseToFloat32() {
    QFETCH(double, width);
    const auto fullNet = makeNet(width, Precision::Float32);
    const auto halfNet = makeNet(width, Precision::BFloat16);
    for (const DsUnet3d* net : {&fullNet, &halfNet}) keepAwayFromTheKink(*net);
    const auto x = torch::randn({1, 4, 16, 32, 16}), c = torch::randn({1, 4, 2, 3, 16, 32, 16});
    const auto full = fullNet.record(x), half = halfNet.record(x);
    const double error = relativeError(half->logits(), full->logits());
    QVERIFY2(error > 1e-5 && error < 1e-2, qPrintable(QString("logits differ by %1").arg(error)));
    const auto expected = full->pullBackRows(c), rows = half->pullBackRows(c);
    for (std::int64_t i = 0; i < rows.size(0); ++i) {
      const double near = cosine(rows[i], expected[i]);
      QVERIFY2(near > 0.999 && near < 0.99999999,
               qPrintable(QString("row %1: cosine %2").arg(i).arg(near, 0, 'g', 9)));
    }
  }

  void resultsDoNotDependOnTheNumberOfThreads_data() {
    QTest::addColumn<double>("width");
    QTest::newRow("8 channels") << 0.25;
    QTest::newRow("16 channels") << 0.5;
  }
  void resultsDoNotDependOnTheNumberOfThreads() {
    QFETCH(double, width);
    const auto net = makeNet(width, Precision::BFloat16);
    const auto x = torch::randn({2, 4, 16, 32, 16});
    const auto c = torch::randn({2, 4, 2, 3, 16, 32, 16});
    const int before = at::get_num_threads();
    std::vector<Tensor> logits, rows;
    for (const int threads : {1, 2, 3, 2}) {
      at::set_num_threads(threads);
      const auto tape = net.record(x);
      logits.push_back(tape->logits());
      rows.push_back(tape->pullBackRows(c));
    }
    at::set_num_threads(before);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      QVERIFY(torch::equal(logits[0], logits[i]));
      QVERIFY(torch::equal(rows[0], rows[i]));
    }
  }

 private:
  static void isNear(const Tensor& got, const Tensor& expected) {
    const double error = relativeError(got.to(torch::kFloat64), expected);
    QVERIFY2(error < 2e-6, qPrintable(QString("relative error %1").arg(error)));
  }

  static void sets() {
    QTest::addColumn<int>("kernels");
    const auto all = kernelsOfThisProcessor(Precision::BFloat16);
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
      QTest::addRow("%d lanes, set %d", static_cast<int>(all[i]->lanes()), i) << i;
  }

  /// Each instruction set on `grid` and on other widths, odd ones among them.
  static void sizes(const Shape& grid) {
    QTest::addColumn<int>("kernels");
    QTest::addColumn<Shape>("grid");
    const auto all = kernelsOfThisProcessor(Precision::BFloat16);
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
      for (const std::int64_t w : {grid[2], 1L, 2L, 7L, 12L, 24L})
        QTest::addRow("%d lanes, set %d, width %d", static_cast<int>(all[i]->lanes()), i,
                      static_cast<int>(w))
            << i << Shape{grid[0], grid[1], w};
  }

  static BlockedLayers layersOf(int kernels) {
    return BlockedLayers(
        *kernelsOfThisProcessor(Precision::BFloat16)[static_cast<std::size_t>(kernels)]);
  }

  /// What one value among zeros is after a convolution that changes nothing.
  static float throughConvolution(int kernels, float value, std::int64_t voxel) {
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    auto x = torch::zeros({1, l, 2, 2, 5});
    x[0][5][1][0][voxel] = value;
    const auto z = convolved(layers, blocked(x, l), identityWeights(l), torch::zeros({l}));
    return plain(z)[0][5][1][0][voxel].item<float>();
  }

  /// What the central tap's gradient is when x is one value and dz is 1 there, or the reverse.
  static float throughWeightGradient(int kernels, float value, std::int64_t voxel, bool reverse) {
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    auto x = torch::zeros({1, l, 2, 2, 5}), dz = torch::zeros({1, l, 2, 2, 5});
    x[0][5][1][0][voxel] = reverse ? 1 : value;
    dz[0][2][1][0][voxel] = reverse ? value : 1;
    auto dw = torch::zeros({l * l * 27});
    layers.addWeightGradient(blocked(x, l), blocked(dz, l), dw.data_ptr<float>());
    return dw.view({l, l, 3, 3, 3})[2][5][1][1][1].item<float>();
  }
};

APPLESS_TEST(BFloat16Test)
#include "bfloat16_test.moc"
