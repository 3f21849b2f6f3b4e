#include <QTest>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/models/unet/engines/conv3d.h"
#include "core/models/unet/engines/norm_relu.h"
#include "core/models/unet/engines/resize3d.h"
#include "tests/test_program.h"

using namespace modascope;
using torch::Tensor;

namespace {

double relativeError(const Tensor& a, const Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

/// Autograd's gradient of sum(y · c) for input x.
Tensor pulled(const Tensor& y, const Tensor& c, const Tensor& x) {
  return torch::autograd::grad({(y * c).sum()}, {x}, {}, true)[0];
}

}  // namespace

class LayersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(5); }

  void normReluIsGroupNormOfEachModalityThenRelu() {
    const auto z = torch::randn({2, 3, 16, 4, 6, 5}) * 2 + 10;  // far from zero mean
    const auto gamma = torch::randn({3, 16}), beta = torch::randn({3, 16});
    const auto y = normRelu(z, gamma, beta, 8).y;
    for (std::int64_t m = 0; m < 3; ++m) {
      const auto plain = torch::relu(torch::group_norm(z.select(1, m), 8, gamma[m], beta[m]));
      QVERIFY(relativeError(y.select(1, m), plain) < 1e-5);
    }
  }

  void normReluBackwardIsAutograds() {
    const auto z = torch::randn({2, 3, 16, 4, 6, 5}).requires_grad_();
    const auto gamma = torch::randn({3, 16}), beta = torch::randn({3, 16});
    const auto forward = normRelu(z.detach(), gamma, beta, 8);
    const auto c = torch::randn({2, 3, 2, 16, 4, 6, 5});
    auto dz = c.clone();
    const auto got = normReluBackward(dz, z.detach(), forward.statistics, gamma, beta);
    for (std::int64_t m = 0; m < 3; ++m)
      for (std::int64_t r = 0; r < 2; ++r) {
        const auto g = gamma[m].clone().requires_grad_(), b = beta[m].clone().requires_grad_();
        const auto y = torch::relu(torch::group_norm(z.select(1, m), 8, g, b));
        const auto cot = c.select(1, m).select(1, r);
        const auto dInput = pulled(y, cot, z).select(1, m);
        QVERIFY(relativeError(dz.select(1, m).select(1, r), dInput) < 1e-5);
        QVERIFY(relativeError(got.gamma[m][r], pulled(y, cot, g)) < 1e-5);
        QVERIFY(relativeError(got.beta[m][r], pulled(y, cot, b)) < 1e-5);
        QVERIFY(
            (got.bias[m][r] - dInput.sum(at::IntArrayRef{0, 2, 3, 4})).abs().max().item<float>() <
            1e-4);
      }
  }

  void convolutionGradientsAreAutograds() {
    const auto x = torch::randn({2, 3, 4, 6, 5, 7}).requires_grad_();
    const auto w = torch::randn({8, 4, 3, 3, 3}).requires_grad_();
    const auto y = torch::conv3d(x.flatten(0, 1), w, {}, 1, 1).unflatten(0, {2, 3});
    const auto c = torch::randn({2, 3, 2, 8, 6, 5, 7});
    const auto rows = conv3dWeightRows(x.detach(), c);
    for (std::int64_t m = 0; m < 3; ++m)
      for (std::int64_t r = 0; r < 2; ++r) {
        const auto cot = c.select(1, m).select(1, r).contiguous();
        const auto expected = pulled(y.select(1, m), cot, w).flatten();
        QVERIFY(relativeError(rows[m * 2 + r], expected) < 1e-5);
        QVERIFY(relativeError(conv3dInputGradient(cot, w.detach()),
                              pulled(y.select(1, m), cot, x).select(1, m)) < 1e-5);
      }
    const auto first = c.select(2, 0).contiguous();
    QVERIFY(relativeError(conv3dWeightSum(x.detach().flatten(0, 1), first.flatten(0, 1)),
                          pulled(y, first, w).flatten()) < 1e-5);
  }

  void poolingSendsGradientToTheFirstLargestVoxel() {
    const auto x = torch::randint(0, 3, {2, 3, 4, 6, 8}, torch::kFloat32).requires_grad_();  // ties
    const auto y = torch::max_pool3d(x, 2);
    QVERIFY(torch::equal(maxPool(x.detach()), y.detach()));
    const auto c = torch::randn({2, 2, 3, 2, 3, 4});  // two cotangents a sample
    auto dx = torch::zeros({4, 3, 4, 6, 8});
    addMaxPoolGradient(dx, c.flatten(0, 1), x.detach());
    for (std::int64_t r = 0; r < 2; ++r)
      QVERIFY(
          torch::allclose(dx.view({2, 2, 3, 4, 6, 8}).select(1, r), pulled(y, c.select(1, r), x)));
  }

  void upsamplingAndItsGradientAreTrilinear() {
    for (const auto& shape :
         std::vector<std::vector<std::int64_t>>{{2, 3, 4, 3, 5}, {1, 2, 1, 1, 2}}) {
      const auto x = torch::randn(shape).requires_grad_();
      const auto y = torch::upsample_trilinear3d(
          x, torch::IntArrayRef{2 * shape[2], 2 * shape[3], 2 * shape[4]}, true);
      QVERIFY(relativeError(upsample(x.detach()), y.detach()) < 1e-5);
      const auto wide = torch::randn({shape[0], 2 * shape[1], y.size(2), y.size(3), y.size(4)});
      const auto slice = wide.narrow(1, shape[1], shape[1]);  // not contiguous, as after cat
      QVERIFY(relativeError(upsampleGradient(slice), pulled(y, slice, x)) < 1e-5);
    }
  }
};

APPLESS_TEST(LayersTest)
#include "layers_test.moc"
