#include <algorithm>
#include <vector>

#include <ATen/ATen.h>

#include "core/models/blocked/blocked_layers.h"
#include "core/models/blocked/blocked_parallel.h"

namespace modascope {
namespace {

using torch::Tensor;

/// A line of n voxels read at twice as many places, align_corners = true.
std::vector<Tap> tapsFor(std::int64_t n) {
  std::vector<Tap> taps(static_cast<std::size_t>(2 * n));
  const float scale = n == 1 ? 0.0F : static_cast<float>(n - 1) / static_cast<float>(2 * n - 1);
  for (std::int64_t i = 0; i < 2 * n; ++i) {
    const float at = scale * static_cast<float>(i);
    const auto low = std::min(static_cast<std::int64_t>(at), n - 1);
    taps[static_cast<std::size_t>(i)] = {low, std::min(low + 1, n - 1),
                                         at - static_cast<float>(low)};
  }
  return taps;
}

/// Which places of the long line read voxel k, from the first to the last.
TapGather gatherFor(const std::vector<Tap>& taps, std::int64_t k) {
  TapGather gather;
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const Tap& tap = taps[i];
    const float weight = (tap.low == k ? 1 - tap.t : 0) + (tap.high == k ? tap.t : 0);
    if (weight == 0) continue;
    if (gather.weights.empty()) gather.first = static_cast<std::int64_t>(i);
    gather.weights.resize(i - static_cast<std::size_t>(gather.first), 0);
    gather.weights.push_back(weight);
  }
  return gather;
}

std::vector<TapGather> gathersFor(std::int64_t n) {
  const auto taps = tapsFor(n);
  std::vector<TapGather> gathers;
  for (std::int64_t k = 0; k < n; ++k) gathers.push_back(gatherFor(taps, k));
  return gathers;
}

}  // namespace

void BlockedLayers::maxPool(const Tensor& x, Tensor y) const {
  forEachBlock(y, planesATask(y), [&](std::int64_t n, std::int64_t b, Planes planes) {
    kernels_.maxPool(gridOf(y), blockOf(x, n, b), blockOf(y, n, b), planes);
  });
}

void BlockedLayers::addMaxPoolGradient(const Tensor& x, const Tensor& dy, Tensor dx) const {
  forEachBlock(dy, planesATask(dy), [&](std::int64_t n, std::int64_t b, Planes planes) {
    kernels_.addMaxPoolGradient(gridOf(dy), blockOf(x, n, b), blockOf(dy, n, b), blockOf(dx, n, b),
                                planes);
  });
}

void BlockedLayers::upsample(const Tensor& x, Tensor y) const {
  const Grid half = gridOf(x);
  const Taps taps{tapsFor(half.d), tapsFor(half.h), tapsFor(half.w)};
  forEachBlock(y, planesATask(y), [&](std::int64_t n, std::int64_t b, Planes planes) {
    kernels_.upsample(half, taps, blockOf(x, n, b), blockOf(y, n, b), planes);
  });
}

void BlockedLayers::upsampleGradient(const Tensor& dy, Tensor dx) const {
  const Grid half = gridOf(dx);
  const TapGathers gathers{gathersFor(half.d), gathersFor(half.h), gathersFor(half.w)};
  forEachBlock(dx, planesATask(dx), [&](std::int64_t n, std::int64_t b, Planes planes) {
    kernels_.upsampleGradient(half, gathers, blockOf(dy, n, b), blockOf(dx, n, b), planes);
  });
}

void BlockedLayers::project(const Tensor& x, const Tensor& weight, const Tensor& bias,
                            Tensor y) const {
  const std::int64_t voxels = gridOf(x).voxels(), parts = partsOf(voxels, kVoxelsATask);
  const std::int64_t outputs = weight.size(0), channels = weight.size(1);
  inParallel(x.size(0) * parts, [&](std::int64_t task) {
    const std::int64_t n = task / parts, first = task % parts * kVoxelsATask;
    for (std::int64_t k = 0; k < outputs; ++k)
      kernels_.project(blockOf(x, n, 0) + first * lanes(), x.size(1), x.stride(1),
                       weight.data_ptr<float>() + k * channels, bias.data_ptr<float>()[k],
                       blockOf(y, n, k) + first, std::min(kVoxelsATask, voxels - first));
  });
}

void BlockedLayers::pullProject(const Tensor& x, const Tensor& c, const Tensor& weight, Tensor dx,
                                float* row) const {
  constexpr std::int64_t kNear = 256;  // voxels that stay near while all outputs are pulled back
  const std::int64_t voxels = gridOf(x).voxels(), parts = partsOf(voxels, kVoxelsATask);
  const std::int64_t blocks = x.size(1), outputs = weight.size(0), l = lanes();
  const Tensor partial = torch::zeros({x.size(0) * parts, outputs, blocks * l}, torch::kFloat32);
  const Tensor nothing = torch::zeros({l}, torch::kFloat32);
  inParallel(x.size(0) * parts * blocks, [&](std::int64_t task) {
    const std::int64_t n = task / blocks / parts, b = task % blocks, part = task / blocks % parts;
    const std::int64_t last = std::min((part + 1) * kVoxelsATask, voxels);
    for (std::int64_t v = part * kVoxelsATask; v < last; v += kNear) {
      const std::int64_t some = std::min(kNear, last - v);
      kernels_.fill(blockOf(dx, n, b) + v * l, nothing.data_ptr<float>(), some);
      for (std::int64_t k = 0; k < outputs; ++k)
        kernels_.addProjectGradient(
            blockOf(x, n, b) + v * l, blockOf(c, n, k) + v,
            weight.data_ptr<float>() + (k * blocks + b) * l, blockOf(dx, n, b) + v * l,
            partial.data_ptr<float>() + ((n * parts + part) * outputs + k) * blocks * l + b * l,
            some);
    }
  });
  const Tensor sum = partial.sum(0, false, torch::kFloat64).to(torch::kFloat32);
  for (std::int64_t i = 0; i < sum.numel(); ++i) row[i] += sum.data_ptr<float>()[i];
}

}  // namespace modascope
