#include "core/inference/logit_cache.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/torch_errors.h"

namespace modascope {
namespace {

using torch::Tensor;
using Index3 = std::array<std::int64_t, 3>;  // z, y, x, as tensors have it

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

/// Gaussian of σ = window/8 about the centre, at most 1; never below 1e-3, so that corners count.
Tensor importance(std::int64_t window) {
  const auto at = torch::arange(window, torch::kFloat32) - 0.5 * static_cast<double>(window - 1);
  const auto line = (-0.5 * (at / (0.125 * static_cast<double>(window))).square()).exp();
  return (line.view({-1, 1, 1}) * line.view({1, -1, 1}) * line.view({1, 1, -1})).clamp_min(1e-3);
}

/// [|which|, D, H, W] with zeros added at the end of axes shorter than the window.
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

Tensor windowAt(const Tensor& t, const Index3& at, std::int64_t window) {
  const auto first = t.dim() - 3;
  return t.narrow(first, at[0], window)
      .narrow(first + 1, at[1], window)
      .narrow(first + 2, at[2], window);
}

std::vector<Index3> windowsOver(const Tensor& x, const SegmenterOptions& options) {
  std::vector<Index3> all;
  for (const auto z : windowStarts(x.size(1), options.window, options.overlap))
    for (const auto y : windowStarts(x.size(2), options.window, options.overlap))
      for (const auto u : windowStarts(x.size(3), options.window, options.overlap))
        all.push_back({z, y, u});
  return all;
}

/// [K, D, H, W] → labels.
LabelVolume labelsFrom(const Tensor& logits, const VoxelGrid& grid) {
  const Tensor inside = (logits > 0).to(torch::kUInt8);
  const auto value = [](Tissue tissue) { return static_cast<std::int64_t>(tissue); };
  Tensor labels = inside[0] * value(Tissue::Oedema);
  labels.masked_fill_(inside[1].to(torch::kBool), value(Tissue::Necrosis));
  labels.masked_fill_(inside[2].to(torch::kBool), value(Tissue::Enhancing));
  const std::uint8_t* first = labels.data_ptr<std::uint8_t>();
  return {grid, std::vector<std::uint8_t>(first, first + labels.numel())};
}

/// What is blended: a piece of the input [1, C, w, w, w] → [B, K, w, w, w].
using WindowPass = std::function<Tensor(const Tensor&)>;

/// x [C, D, H, W] → [B, K, D, H, W] without what was padded; nothing when stopped.
std::optional<Tensor> blended(const Tensor& x, const VoxelGrid& grid,
                              const SegmenterOptions& options, const WindowPass& pass,
                              std::stop_token stop, const TileProgress& progress) {
  const auto windows = windowsOver(x, options);
  const Tensor weight = importance(options.window);
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

std::optional<LogitCache> byBranches(const LateFusionModel& model, const PreparedCase& patient,
                                     const SegmenterOptions& options, std::stop_token stop,
                                     const TileProgress& progress) {
  const ModalitySet available = patient.available().value();
  const auto which = available.ids();
  const auto device = model.parameters().device();
  const auto pass = [&](const Tensor& part) {
    return model.branchLogits(part.to(device), which)[0];
  };
  const auto f = blended(paddedInput(patient, which, options.window), patient.grid, options, pass,
                         stop, progress);
  if (!f) return std::nullopt;
  return LogitCache(*f, available, patient.grid);
}

/// The set that the case has is passed over at once, so that a stop and the progress reach it.
std::optional<LogitCache> bySubsets(std::shared_ptr<const MultimodalModel> model,
                                    const PreparedCase& patient, const SegmenterOptions& options,
                                    std::stop_token stop, const TileProgress& progress) {
  const ModalitySet available = patient.available().value();
  const auto schema = model->describe().schema;
  const Tensor x = paddedInput(patient, schema.ids(), options.window);
  const auto over = [model, x, grid = patient.grid, options](
                        ModalitySet set, std::stop_token stop,
                        const TileProgress& progress) -> std::optional<Tensor> {
    const torch::NoGradGuard noGrad;
    const auto device = model->parameters().device();
    const auto pass = [&](const Tensor& part) { return model->logits(part.to(device), set); };
    auto f = blended(x, grid, options, pass, stop, progress);
    if (!f) return std::nullopt;
    return (*f)[0];
  };
  const auto whole = over(available, stop, progress);
  if (!whole) return std::nullopt;
  return LogitCache(
      [over, whole = *whole, available](ModalitySet set) {
        if (set == available) return whole;
        return withTorchErrors([&] { return over(set, {}, {}).value(); });
      },
      available, patient.grid);
}

}  // namespace

/// Labels of the subsets that were asked for.
struct LogitCache::Kept {
  std::mutex mutex;
  std::map<ModalitySet, LabelVolume> labels;
};

LogitCache::LogitCache(Tensor logits, ModalitySet available, VoxelGrid grid)
    : logits_(std::move(logits)), available_(available), grid_(std::move(grid)) {}

LogitCache::LogitCache(Pass pass, ModalitySet available, VoxelGrid grid)
    : pass_(std::move(pass)),
      kept_(std::make_shared<Kept>()),
      available_(available),
      grid_(std::move(grid)) {}

Tensor LogitCache::fused(ModalitySet set) const {
  if (!available_.contains(set))
    throw Error("This case does not have every modality that was asked for.");
  if (pass_) return pass_(set);
  std::vector<std::int64_t> rows;
  const auto ids = available_.ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (set.contains(ids[i])) rows.push_back(static_cast<std::int64_t>(i));
  return logits_.index_select(0, torch::tensor(rows, torch::kLong)).mean(0);
}

LabelVolume LogitCache::labels(ModalitySet set) const {
  if (!kept_) return labelsFrom(fused(set), grid_);
  const std::scoped_lock lock(kept_->mutex);
  const auto known = kept_->labels.find(set);
  if (known != kept_->labels.end()) return known->second;
  return kept_->labels.emplace(set, labelsFrom(fused(set), grid_)).first->second;
}

std::optional<LogitCache> slidingWindow(std::shared_ptr<const MultimodalModel> model,
                                        const PreparedCase& patient,
                                        const SegmenterOptions& options, std::stop_token stop,
                                        const TileProgress& progress) {
  const torch::NoGradGuard noGrad;
  if (const auto* late = dynamic_cast<const LateFusionModel*>(model.get()))
    return byBranches(*late, patient, options, stop, progress);
  return bySubsets(std::move(model), patient, options, stop, progress);
}

}  // namespace modascope
