#include "core/attribution/grad_cam.h"

#include <algorithm>

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/inference/volumes/windows.h"

namespace modascope {
namespace {

using torch::Tensor;

/// One case and the windows over it.
struct Course {
  Tensor x;  ///< [M, D, H, W], padded
  std::vector<WindowPlace> windows;
  Tensor weight;  ///< [w, w, w]

  Course(const MultimodalModel& model, const PreparedCase& patient, const SegmenterOptions& options)
      : x(paddedInput(patient, model.describe().schema.ids(), options.window)),
        windows(windowsOver(x, options)),
        weight(windowWeight(options.window)) {}
};

/// The blending weight of y's voxels: 1/Σ g there, 0 elsewhere and where there is padding.
Tensor shareOfWeight(const Course& course, const Tensor& voxels, std::int64_t window) {
  Tensor sum = torch::zeros(course.x.sizes().slice(1));
  for (const WindowPlace& at : course.windows) windowAt(sum, at, window).add_(course.weight);
  Tensor inside = torch::zeros_like(sum);
  inside.narrow(0, 0, voxels.size(0))
      .narrow(1, 0, voxels.size(1))
      .narrow(2, 0, voxels.size(2))
      .copy_(voxels);
  return inside.div_(sum);
}

/// The windows that hold a voxel of y.
std::vector<WindowPlace> windowsWith(const std::vector<Tensor>& shares, const Course& course,
                                     std::int64_t window) {
  std::vector<WindowPlace> some;
  std::copy_if(course.windows.begin(), course.windows.end(), std::back_inserter(some),
               [&](const WindowPlace& at) {
                 return std::any_of(shares.begin(), shares.end(), [&](const Tensor& share) {
                   return windowAt(share, at, window).any().item<bool>();
                 });
               });
  return some;
}

std::vector<Tensor> cotangentsAt(const WindowPlace& at, const Course& course,
                                 const GradCamTask& task, const std::vector<Tensor>& shares,
                                 std::int64_t outputs) {
  const std::int64_t w = course.weight.size(0);
  std::vector<Tensor> cotangents;
  for (std::size_t t = 0; t < shares.size(); ++t) {
    const Tensor share = windowAt(shares[t], at, w);
    cotangents.emplace_back();
    if (!share.any().item<bool>()) continue;
    cotangents.back() = torch::zeros({1, outputs, w, w, w});
    cotangents.back()[0][task.targets[t].output].copy_(share * course.weight);
  }
  return cotangents;
}

Tensor windowOf(const Course& course, const WindowPlace& at, const MultimodalModel& model) {
  return windowAt(course.x, at, course.weight.size(0))
      .unsqueeze(0)
      .contiguous()
      .to(model.parameters().device());
}

/// The two walks over the case count as one.
TileProgress shifted(const TileProgress& progress, int before, int total) {
  if (!progress) return {};
  return [=](int done, int) { progress(before + done, total); };
}

/// Layer's resolution → the window's voxels: a [B, C, d, h, w].
Tensor toVoxels(const Tensor& a, std::int64_t window) {
  if (a.size(-1) == window) return a;
  return at::upsample_trilinear3d(a, {window, window, window}, false);
}

class Walk {
 public:
  Walk(const MultimodalModel& model, const PreparedCase& patient, const SegmenterOptions& options,
       const GradCamTask& task)
      : model_(model),
        patient_(patient),
        options_(options),
        task_(task),
        course_(model, patient, options) {
    for (const GradCamTarget& target : task.targets)
      shares_.push_back(shareOfWeight(course_, target.voxels, options.window));
    relevant_ = windowsWith(shares_, course_, options.window);
  }

  int relevantWindows() const { return static_cast<int>(relevant_.size()); }
  int allWindows() const { return static_cast<int>(course_.windows.size()); }

  std::optional<Tensor> weights(std::stop_token stop, const TileProgress& progress) const {
    const auto outputs = static_cast<std::int64_t>(model_.describe().outputs.size());
    Tensor sum;
    for (std::size_t i = 0; i < relevant_.size(); ++i) {
      if (stop.stop_requested()) return std::nullopt;
      const auto gradients =
          activationGradients(model_, task_, windowOf(course_, relevant_[i], model_),
                              cotangentsAt(relevant_[i], course_, task_, shares_, outputs));
      std::vector<Tensor> sums;
      for (const Tensor& gradient : gradients)
        sums.push_back(gradient.sum(at::IntArrayRef{2, 3, 4}, false, torch::kFloat64).cpu());
      const Tensor all = at::stack(sums);
      sum = sum.defined() ? sum + all : all;
      if (progress) progress(static_cast<int>(i) + 1, static_cast<int>(relevant_.size()));
    }
    return (sum / layerVoxels()).to(torch::kFloat32);
  }

  std::optional<Tensor> maps(const Tensor& alpha, std::stop_token stop,
                             const TileProgress& progress) const {
    const Tensor weights = alpha.to(model_.parameters().device()).transpose(0, 1);  // [|S|, T, C]
    const auto pass = [&](const Tensor& part) {
      const LayerCut cut = model_.cutAt(task_.layer, part.to(weights.device()), task_.set);
      const Tensor sums = at::bmm(weights, cut.activations.flatten(2)).relu_();  // [|S|, T, V]
      const Tensor low = sums.unflatten(2, cut.activations.sizes().slice(2));
      return toVoxels(low, options_.window).transpose(0, 1);
    };
    return blended(course_.x, patient_.grid, options_, pass, stop, progress);
  }

 private:
  /// Of the whole case as padded, at the layer's resolution.
  double layerVoxels() const {
    const int level = model_.ownLayers()[task_.layer].level;
    return static_cast<double>(course_.x[0].numel()) / static_cast<double>(1 << (3 * level));
  }

  const MultimodalModel& model_;
  const PreparedCase& patient_;
  const SegmenterOptions& options_;
  const GradCamTask& task_;
  Course course_;
  std::vector<Tensor> shares_;  ///< of each target
  std::vector<WindowPlace> relevant_;
};

}  // namespace

std::vector<Tensor> activationGradients(const MultimodalModel& model, const GradCamTask& task,
                                        const Tensor& x, const std::vector<Tensor>& cotangents) {
  const LayerCut cut = [&] {
    const torch::NoGradGuard noGrad;
    return model.cutAt(task.layer, x, task.set);
  }();
  const torch::AutoGradMode grad(true);
  const Tensor a = cut.activations.detach().requires_grad_(true);
  const Tensor f = cut.rest(a);
  std::vector<Tensor> gradients;
  for (const Tensor& c : cotangents)
    gradients.push_back(c.defined()
                            ? torch::autograd::grad({f}, {a}, {c.to(f.device())}, true).front()
                            : torch::zeros_like(a));
  return gradients;
}

std::optional<Tensor> channelWeights(const MultimodalModel& model, const PreparedCase& patient,
                                     const SegmenterOptions& options, const GradCamTask& task,
                                     std::stop_token stop, const TileProgress& progress) {
  const torch::NoGradGuard noGrad;
  return Walk(model, patient, options, task).weights(stop, progress);
}

std::optional<Tensor> gradCam(const MultimodalModel& model, const PreparedCase& patient,
                              const SegmenterOptions& options, const GradCamTask& task,
                              std::stop_token stop, const TileProgress& progress) {
  const torch::NoGradGuard noGrad;
  const Walk walk(model, patient, options, task);
  const int first = walk.relevantWindows(), total = first + walk.allWindows();
  const auto alpha = walk.weights(stop, shifted(progress, 0, total));
  if (!alpha) return std::nullopt;
  return walk.maps(*alpha, stop, shifted(progress, first, total));
}

}  // namespace modascope
