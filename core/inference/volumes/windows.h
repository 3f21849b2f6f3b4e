#pragma once

#include <array>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include <torch/types.h>

#include "core/data/preprocessing.h"
#include "core/inference/volumes/segmenter.h"

namespace modascope {

/// How a network goes over a case that is larger than what it was trained on: by overlapping cubes,
/// whose answers are blended with a Gaussian weight.

/// First voxel of a window: z, y, x, as tensors have it.
using WindowPlace = std::array<std::int64_t, 3>;

/// [|which|, D, H, W] with zeros for absent modalities and at the end of axes shorter than the
/// window.
torch::Tensor paddedInput(const PreparedCase& patient, const std::vector<ModalityId>& which,
                          std::int64_t window);

/// Windows that cover x [C, D, H, W], evenly spread, neighbours overlapping by at least the
/// fraction.
std::vector<WindowPlace> windowsOver(const torch::Tensor& x, const SegmenterOptions& options);

/// A view of the last three axes.
torch::Tensor windowAt(const torch::Tensor& t, const WindowPlace& at, std::int64_t window);

/// [w, w, w]: Gaussian of σ = window/8 about the centre, at most 1; never below 1e-3, so that
/// corners count.
torch::Tensor windowWeight(std::int64_t window);

/// What is blended: a piece of the input [1, C, w, w, w] → [B, K, w, w, w].
using WindowPass = std::function<torch::Tensor(const torch::Tensor&)>;

/// x [C, D, H, W] → [B, K, D, H, W] without what was padded; nothing when stopped.
std::optional<torch::Tensor> blended(const torch::Tensor& x, const VoxelGrid& grid,
                                     const SegmenterOptions& options, const WindowPass& pass,
                                     std::stop_token stop, const TileProgress& progress);

}  // namespace modascope
