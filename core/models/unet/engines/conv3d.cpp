#include "core/models/unet/engines/conv3d.h"

#include <array>

#include <ATen/ATen.h>

namespace modascope {
namespace {

constexpr std::array<std::int64_t, 3> kOnes{1, 1, 1};
constexpr std::array<std::int64_t, 3> kZeros{0, 0, 0};

torch::Tensor weightGradient(const torch::Tensor& x, const torch::Tensor& dz, std::int64_t groups) {
  const torch::Tensor like = torch::empty({dz.size(1), x.size(1) / groups, 3, 3, 3}, x.options());
  return std::get<1>(at::convolution_backward(dz, x, like, c10::nullopt, kOnes, kOnes, kOnes, false,
                                              kZeros, groups, {false, true, false}));
}

}  // namespace

torch::Tensor conv3d(const torch::Tensor& x, const torch::Tensor& weight,
                     const torch::Tensor& bias) {
  return at::conv3d(x, weight, bias, kOnes, kOnes);
}

torch::Tensor conv3dInputGradient(const torch::Tensor& dz, const torch::Tensor& weight) {
  // With stride 1 and padding 1 the gradient is a convolution with the kernel turned round.
  const torch::Tensor turned = weight.transpose(0, 1).flip({2, 3, 4}).contiguous();
  return at::conv3d(dz, turned, {}, kOnes, kOnes);
}

torch::Tensor conv3dWeightRows(const torch::Tensor& x, const torch::Tensor& dz) {
  const std::int64_t m = dz.size(1), r = dz.size(2);
  return weightGradient(x.flatten(1, 2), dz.flatten(1, 3), m).view({m * r, -1});
}

torch::Tensor conv3dWeightSum(const torch::Tensor& x, const torch::Tensor& dz) {
  return weightGradient(x, dz, 1).flatten();
}

}  // namespace modascope
