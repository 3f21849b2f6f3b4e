#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include <torch/types.h>

#include "core/data/preprocessing.h"
#include "core/inference/volumes/segmenter.h"
#include "core/models/model.h"

namespace modascope {

/// Grad-CAM in three dimensions, for each modality, over a whole case (METHOD section 6; Selvaraju
/// et al. 2017). For y = Σ of one output's logits over some voxels,
///
///     α_k^m = mean over voxels of ∂y/∂A_k^m,   map^m = max(0, Σ_k α_k^m A_k^m)
///
/// A whole case goes by the windows that prediction goes by, so that y is of exactly the logits
/// that were predicted: F(v) = Σ_w g_w(v) f_w(v) / Σ_w g_w(v), with a Gaussian g_w.
///
///   First α, over all windows: a window's cotangent is g_w / Σ g over the voxels of y and 0
///   elsewhere; its gradients ∂y/∂A^w are summed over the windows (an activation that two windows
///   see counts through both) and divided by the number of the layer's voxels in the whole case.
///   Windows without a voxel of y have no gradient and are not run.
///
///   Then the maps, over all windows once more: each window's max(0, Σ_k α_k A_k) goes from the
///   layer's resolution to voxels (trilinear, align_corners = false) and is blended with g_w.
///
/// Where one window holds the whole case this is the formula above, to the letter.

/// y = Σ of logit `output` over `voxels`.
struct GradCamTarget {
  std::int64_t output = 0;
  torch::Tensor voxels;  ///< [D, H, W], true or false, on the prepared case's grid
};

struct GradCamTask {
  ModalitySet set;
  std::size_t layer = 0;  ///< of the network's own layers
  std::vector<GradCamTarget> targets;
};

/// ∂y/∂A of one input, x [1, M, w, w, w]: each cotangent c [1, K, w, w, w] of the logits gives
/// [|S|, C, d, h, w]; an undefined one is 0.
std::vector<torch::Tensor> activationGradients(const MultimodalModel& model,
                                               const GradCamTask& task, const torch::Tensor& x,
                                               const std::vector<torch::Tensor>& cotangents);

/// α [T, |S|, C] of T targets, at least one of which has a voxel. Nothing when stopped.
std::optional<torch::Tensor> channelWeights(const MultimodalModel& model,
                                            const PreparedCase& patient,
                                            const SegmenterOptions& options,
                                            const GradCamTask& task, std::stop_token stop = {},
                                            const TileProgress& progress = {});

/// The maps [T, |S|, D, H, W] on the prepared case's grid. Nothing when stopped.
std::optional<torch::Tensor> gradCam(const MultimodalModel& model, const PreparedCase& patient,
                                     const SegmenterOptions& options, const GradCamTask& task,
                                     std::stop_token stop = {}, const TileProgress& progress = {});

}  // namespace modascope
