#include "core/inference/volumes/windows.h"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// Starts of windows that cover `size` voxels, evenly spread, neighbours overlapping by at least
/// the fraction.
std::vector<std::int64_t> windowStarts(std::int64_t size, std::int64_t window, double overlap) {
  if (size <= window) return {0};
  const double stride = static_cast<double>(window) * (1 - overlap);
  const auto count =
      static_cast<std::int64_t>(std::ceil(static_cast<double>(size - window) / stride)) + 1;
  std::vector<std::int64_t> starts;
  for (std::int64_t i = 0; i < count; ++i) starts.push_back(i * (size - window) / (count - 1));
  return starts;
}

}  // namespace

Tensor windowWeight(std::int64_t window) {
  const auto at = torch::arange(window, torch::kFloat32) - 0.5 * static_cast<double>(window - 1);
  const auto line = (-0.5 * (at / (0.125 * static_cast<double>(window))).square()).exp();
  return (line.view({-1, 1, 1}) * line.view({1, -1, 1}) * line.view({1, 1, -1})).clamp_min(1e-3);
}

Tensor paddedInput(const PreparedCase& patient, const std::vector<ModalityId>& which,
                   std::int64_t window) {
  const auto& size = patient.grid.size;
  auto x = torch::zeros({static_cast<std::int64_t>(which.size()), std::max(size[2], window),
                         std::max(size[1], window), std::max(size[0], window)});
  for (std::size_t i = 0; i < which.size(); ++i) {
    const auto& modality = patient.modalities[which[i].index()];
    if (!modality) continue;  // zeros
    const auto& voxels = modality->voxels;
    const auto volume = torch::from_blob(const_cast<float*>(voxels.data()),  // only read
                                         {size[2], size[1], size[0]}, torch::kFloat32);
    x[static_cast<std::int64_t>(i)]
        .narrow(0, 0, size[2])
        .narrow(1, 0, size[1])
        .narrow(2, 0, size[0])
        .copy_(volume);
  }
  return x;
}

Tensor windowAt(const Tensor& t, const WindowPlace& at, std::int64_t window) {
  const auto first = t.dim() - 3;
  return t.narrow(first, at[0], window)
      .narrow(first + 1, at[1], window)
      .narrow(first + 2, at[2], window);
}

std::vector<WindowPlace> windowsOver(const Tensor& x, const SegmenterOptions& options) {
  std::vector<WindowPlace> all;
  for (const auto z : windowStarts(x.size(1), options.window, options.overlap))
    for (const auto y : windowStarts(x.size(2), options.window, options.overlap))
      for (const auto u : windowStarts(x.size(3), options.window, options.overlap))
        all.push_back({z, y, u});
  return all;
}

std::optional<Tensor> blended(const Tensor& x, const VoxelGrid& grid,
                              const SegmenterOptions& options, const WindowPass& pass,
                              std::stop_token stop, const TileProgress& progress) {
  const auto windows = windowsOver(x, options);
  const Tensor weight = windowWeight(options.window);
  Tensor sum, weights = torch::zeros({x.size(1), x.size(2), x.size(3)});
  for (std::size_t i = 0; i < windows.size(); ++i) {
    if (stop.stop_requested()) return std::nullopt;
    const Tensor part = windowAt(x, windows[i], options.window).unsqueeze(0).contiguous();
    const Tensor f = pass(part).to(torch::kCPU);
    if (!sum.defined()) sum = torch::zeros({f.size(0), f.size(1), x.size(1), x.size(2), x.size(3)});
    windowAt(sum, windows[i], options.window).add_(f * weight);
    windowAt(weights, windows[i], options.window).add_(weight);
    if (progress) progress(static_cast<int>(i) + 1, static_cast<int>(windows.size()));
  }
  sum.div_(weights);
  const auto& size = grid.size;
  return sum.narrow(2, 0, size[2]).narrow(3, 0, size[1]).narrow(4, 0, size[0]).contiguous();
}

}  // namespace modascope
