#include "core/models/unet/engines/resize3d.h"

#include <ATen/ATen.h>

namespace modascope {

torch::Tensor maxPool(const torch::Tensor& x) {
  return at::max_pool3d(x, {2, 2, 2});
}

void addMaxPoolGradient(torch::Tensor dx, const torch::Tensor& dy, const torch::Tensor& x) {
  const std::int64_t repeats = dy.size(0) / x.size(0);
  const auto indices = std::get<1>(at::max_pool3d_with_indices(x, {2, 2, 2}));
  const auto wide = at::repeat_interleave(x, repeats, 0);
  dx.add_(at::max_pool3d_with_indices_backward(dy, wide, {2, 2, 2}, {2, 2, 2}, {0, 0, 0}, {1, 1, 1},
                                               false, at::repeat_interleave(indices, repeats, 0)));
}

torch::Tensor upsample(const torch::Tensor& x) {
  return at::upsample_trilinear3d(x, {2 * x.size(2), 2 * x.size(3), 2 * x.size(4)}, true);
}

torch::Tensor upsampleGradient(const torch::Tensor& dy) {
  const at::IntArrayRef size = dy.sizes();
  return at::upsample_trilinear3d_backward(
      dy, size.slice(2), {size[0], size[1], size[2] / 2, size[3] / 2, size[4] / 2}, true);
}

}  // namespace modascope
