#include "core/models/blocked/blocked_layers.h"

#include <QTest>

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/models/blocked/blocked_parallel.h"
#include "tests/test_program.h"

using namespace modascope;
using torch::Tensor;

namespace {

using Shape = std::vector<std::int64_t>;

double relativeError(const Tensor& a, const Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

/// Autograd's gradient of sum(y · c) for input x.
Tensor pulled(const Tensor& y, const Tensor& c, const Tensor& x) {
  return torch::autograd::grad({(y * c).sum()}, {x}, {}, true)[0];
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

/// The second half of the channels of a wider tensor, as layers meet it at a skip.
Tensor apart(const Tensor& t) {
  return torch::cat({torch::full_like(t, 1e9), t}, 1).narrow(1, t.size(1), t.size(1));
}

}  // namespace

/// Every layer of every instruction set that this processor has, against autograd.
class BlockedLayersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(5); }

  void everyProcessorHasKernelsForEightChannels() {
    QVERIFY(!kernelsOfThisProcessor(Precision::Float32).empty());
    for (const std::int64_t channels : {8, 16, 24, 32})
      QCOMPARE(channels % blockedKernels(channels, Precision::Float32).lanes(), 0);
  }

  void convolutionsAreAutograds_data() { sizes({2, 3, 5}); }
  void convolutionsAreAutograds() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    for (const std::int64_t outputs : {1, 2, 4}) {
      const auto x = randomOf(2, 3 * l, grid).requires_grad_();
      const auto w = torch::randn({outputs * l, 3 * l, 3, 3, 3}).requires_grad_();
      const auto bias = torch::randn({outputs * l});
      const auto y = torch::conv3d(x, w, bias, 1, 1);
      const auto norm = layers.convolveAndMeasure(
          apart(blocked(x, l)), layers.packedWeights(w, false), bias, bias, bias, 8);
      QVERIFY(relativeError(plain(norm.z), y) < 1e-5);

      const auto c = torch::randn_like(y);
      auto dx = apart(torch::empty_like(blocked(x, l)));
      layers.pullConvolution(blocked(c, l), layers.packedWeights(w, true), dx);
      QVERIFY(relativeError(plain(dx), pulled(y, c, x)) < 1e-5);

      auto dw = torch::ones({w.numel()});
      layers.addWeightGradient(apart(blocked(x, l)), blocked(c, l), dw.data_ptr<float>());
      QVERIFY(relativeError(dw - 1, pulled(y, c, w).flatten()) < 1e-4);
    }
  }

  void theFirstConvolutionReadsPlainVolumes_data() { sizes({2, 5, 3}); }
  void theFirstConvolutionReadsPlainVolumes() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    for (const std::int64_t volumes : {std::int64_t{1}, std::int64_t{3}, l}) {
      const auto x = randomOf(2, volumes, grid);
      const auto w = torch::randn({2 * l, volumes, 3, 3, 3}).requires_grad_();
      const auto bias = torch::randn({2 * l});
      const auto y = torch::conv3d(x, w, bias, 1, 1);
      const auto norm =
          layers.convolveAndMeasure(x, layers.packedForVolumes(w), bias, bias, bias, 8);
      QVERIFY(relativeError(plain(norm.z), y) < 1e-5);
      const auto c = torch::randn_like(y);
      auto dw = torch::zeros({w.numel()});
      layers.addWeightGradient(x, blocked(c, l), dw.data_ptr<float>());
      QVERIFY(relativeError(dw, pulled(y, c, w).flatten()) < 1e-4);
    }
  }

  void normalisationAndReluAreAutograds_data() { sizes({3, 4, 5}); }
  void normalisationAndReluAreAutograds() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    for (const std::int64_t blocks : {1, 3}) {
      // A mean far from zero, as after a large bias.
      const auto bias = torch::randn({blocks * l}) + 10;
      const auto x = randomOf(2, l, grid);
      const auto w = 0.1 * torch::randn({blocks * l, l, 3, 3, 3});
      const auto gamma = torch::randn({blocks * l}).requires_grad_();
      const auto beta = torch::randn({blocks * l}).requires_grad_();
      const auto norm = layers.convolveAndMeasure(blocked(x, l), layers.packedWeights(w, false),
                                                  bias, gamma.detach(), beta.detach(), 8);
      const auto z = plain(norm.z).contiguous().requires_grad_();
      const auto y = torch::relu(torch::group_norm(z, 8, gamma, beta));
      auto got = apart(torch::empty_like(norm.z));
      layers.applyNorm(norm, got);
      QVERIFY(relativeError(plain(got), y) < 1e-5);

      const auto c = torch::randn_like(y);
      auto dz = apart(blocked(c, l));
      const auto gradients = layers.pullNorm(dz, norm, gamma.detach(), 8);
      const auto expected = pulled(y, c, z);
      QVERIFY(relativeError(plain(dz), expected) < 1e-5);
      QVERIFY(relativeError(gradients.gamma.sum(0), pulled(y, c, gamma)) < 1e-5);
      QVERIFY(relativeError(gradients.beta.sum(0), pulled(y, c, beta)) < 1e-5);
      const auto toBias = expected.sum(at::IntArrayRef{2, 3, 4});
      QVERIFY((gradients.bias - toBias).abs().max().item<float>() < 1e-4);
    }
  }

  void poolingSendsGradientToTheFirstLargestVoxel_data() { sizes({4, 6, 10}); }
  void poolingSendsGradientToTheFirstLargestVoxel() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    for (std::int64_t& size : grid) size += size % 2;
    const auto x = torch::randint(0, 3, randomOf(2, 2 * l, grid).sizes(), torch::kFloat32)
                       .requires_grad_();  // ties
    const auto y = torch::max_pool3d(x, 2);
    auto pooled = torch::empty_like(blocked(y, l));
    layers.maxPool(apart(blocked(x, l)), pooled);
    QVERIFY(torch::equal(plain(pooled), y));
    const auto c = torch::randn_like(y);
    auto dx = apart(torch::ones_like(blocked(x, l)));
    layers.addMaxPoolGradient(apart(blocked(x, l)), blocked(c, l), dx);
    QVERIFY(torch::allclose(plain(dx) - 1, pulled(y, c, x), 1e-5, 1e-6));
  }

  void upsamplingIsTrilinear_data() { sizes({4, 3, 5}); }
  void upsamplingIsTrilinear() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    const auto x = randomOf(2, 2 * l, grid).requires_grad_();
    const Shape twice{2 * grid[0], 2 * grid[1], 2 * grid[2]};
    const auto y = torch::upsample_trilinear3d(x, twice, true);
    auto got = apart(torch::empty_like(blocked(y, l)));
    layers.upsample(blocked(x, l), got);
    QVERIFY(relativeError(plain(got), y) < 1e-5);
    const auto c = torch::randn_like(y);
    auto dx = torch::empty_like(blocked(x, l));
    layers.upsampleGradient(apart(blocked(c, l)), dx);
    QVERIFY(relativeError(plain(dx), pulled(y, c, x)) < 1e-5);
  }

  void theProjectionIsAConvolutionOfOneVoxel_data() { sizes({9, 7, 70}); }
  void theProjectionIsAConvolutionOfOneVoxel() {
    QFETCH(int, kernels);
    QFETCH(Shape, grid);
    const BlockedLayers layers = layersOf(kernels);
    const std::int64_t l = layers.lanes();
    const auto x = randomOf(2, 2 * l, grid).requires_grad_();
    const auto w = torch::randn({3, 2 * l, 1, 1, 1}).requires_grad_();
    const auto bias = torch::randn({3});
    const auto y = torch::conv3d(x, w, bias);
    auto got = apart(torch::empty_like(y));
    layers.project(blocked(x, l), w.detach().flatten(1), bias, got);
    QVERIFY(relativeError(got, y) < 1e-5);
    const auto c = torch::randn_like(y);
    auto dx = torch::empty_like(blocked(x, l));
    auto dw = torch::ones({w.numel()});
    layers.pullProject(blocked(x, l), apart(c), w.detach().flatten(1), dx, dw.data_ptr<float>());
    QVERIFY(relativeError(plain(dx), pulled(y, c, x)) < 1e-5);
    QVERIFY(relativeError(dw - 1, pulled(y, c, w).flatten()) < 1e-5);
  }

  void resultsDoNotDependOnTheNumberOfThreads() {
    const int before = at::get_num_threads();
    std::vector<Tensor> results;
    for (const int threads : {1, 2, 3}) {
      at::set_num_threads(threads);
      torch::manual_seed(1);
      results.push_back(aBitOfEverything());
    }
    at::set_num_threads(before);
    QVERIFY(torch::equal(results[0], results[1]) && torch::equal(results[0], results[2]));
  }

 private:
  /// Each instruction set on `grid` and on grids as wide as the tiles that it knows.
  static void sizes(const Shape& grid) {
    QTest::addColumn<int>("kernels");
    QTest::addColumn<Shape>("grid");
    const auto all = kernelsOfThisProcessor(Precision::Float32);
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
      for (const std::int64_t w : {grid[2], 1L, 2L, 4L, 7L, 12L, 16L, 48L})
        QTest::addRow("%d lanes, set %d, width %d", static_cast<int>(all[i]->lanes()), i,
                      static_cast<int>(w))
            << i << Shape{grid[0], grid[1], w};
  }

  static BlockedLayers layersOf(int kernels) {
    return BlockedLayers(
        *kernelsOfThisProcessor(Precision::Float32)[static_cast<std::size_t>(kernels)]);
  }

  static Tensor randomOf(std::int64_t samples, std::int64_t channels, const Shape& grid) {
    return torch::randn({samples, channels, grid[0], grid[1], grid[2]});
  }

  static Tensor aBitOfEverything() {
    const BlockedLayers layers = layersOf(0);
    const std::int64_t l = layers.lanes();
    const auto x = blocked(torch::randn({2, l, 12, 12, 12}), l);
    const auto w = torch::randn({l, l, 3, 3, 3}), bias = torch::randn({l});
    const auto norm =
        layers.convolveAndMeasure(x, layers.packedWeights(w, false), bias, bias, bias, 8);
    auto dy = torch::randn_like(x);
    layers.pullNorm(dy, norm, bias, 8);
    auto dw = torch::zeros({w.numel()});
    layers.addWeightGradient(x, dy, dw.data_ptr<float>());
    return torch::cat({dw, dy.flatten(), norm.shift.flatten()});
  }
};

APPLESS_TEST(BlockedLayersTest)
#include "blocked_layers_test.moc"
