#include "core/models/unet/engines/norm_relu.h"

#include <ATen/ATen.h>

namespace modascope {
namespace {

constexpr double kEpsilon = 1e-5;

torch::Tensor perModality(const torch::Tensor& affine) {
  return affine.view({1, affine.size(0), affine.size(1), 1, 1, 1});
}

torch::Tensor perChannel(const torch::Tensor& groupValue, std::int64_t channels) {
  return groupValue.repeat_interleave(channels / groupValue.size(2), 2)
      .unsqueeze(-1)
      .unsqueeze(-1)
      .unsqueeze(-1);
}

}  // namespace

NormRelu normRelu(const torch::Tensor& z, const torch::Tensor& gamma, const torch::Tensor& beta,
                  std::int64_t groups) {
  const auto grouped = z.reshape({z.size(0), z.size(1), groups, -1});
  const NormStatistics statistics{grouped.mean(3), (grouped.var(3, false) + kEpsilon).rsqrt()};
  const auto xhat = (z - perChannel(statistics.mean, z.size(2))) *
                    perChannel(statistics.inverseDeviation, z.size(2));
  return {(xhat * perModality(gamma) + perModality(beta)).relu(), statistics};
}

NormReluGradients normReluBackward(torch::Tensor& dy, const torch::Tensor& z,
                                   const NormStatistics& statistics, const torch::Tensor& gamma,
                                   const torch::Tensor& beta) {
  const std::int64_t c = z.size(2), groups = statistics.mean.size(2);
  const auto inverse = perChannel(statistics.inverseDeviation, c).unsqueeze(2);
  const auto xhat = (z - perChannel(statistics.mean, c)).unsqueeze(2) * inverse;
  const auto g = perModality(gamma).unsqueeze(2);
  dy.mul_((xhat * g + perModality(beta).unsqueeze(2)) > 0);
  const auto dGamma = (dy * xhat).sum({0, 4, 5, 6}), dBeta = dy.sum({0, 4, 5, 6});
  const auto groupMean = [&](const torch::Tensor& t) {
    const auto mean = t.reshape({t.size(0), t.size(1), t.size(2), groups, -1}).mean(4);
    return mean.repeat_interleave(c / groups, 3).unsqueeze(-1).unsqueeze(-1).unsqueeze(-1);
  };
  const auto dx = dy * g;
  dy.copy_(inverse * (dx - groupMean(dx) - xhat * groupMean(dx * xhat)));
  return {dGamma, dBeta, dy.sum({0, 4, 5, 6})};
}

}  // namespace modascope
