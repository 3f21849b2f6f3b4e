#pragma once

#include <string_view>

#include <torch/types.h>

namespace modascope {

/// Dice: soft Dice on the sigmoid, per class over the whole batch, smooth 1:
///   1 − (2Σpt + 1) / (Σp + Σt + 1), mean over classes (METHOD section 4).
/// DiceBce: the same plus the mean binary cross-entropy of all voxels and classes.
enum class LossKind { Dice, DiceBce };

/// "dice" or "dice+bce". Throws `Error` otherwise.
LossKind lossFrom(std::string_view name);

struct LossAndGradient {
  torch::Tensor loss;      ///< scalar
  torch::Tensor gradient;  ///< ∂loss/∂logits, shaped as the logits
};

/// logits and target [N, K, …]; target 0 or 1.
LossAndGradient segmentationLoss(const torch::Tensor& logits, const torch::Tensor& target,
                                 LossKind kind);

}  // namespace modascope
