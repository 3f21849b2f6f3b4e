#pragma once

#include <string_view>

#include <torch/types.h>

namespace modascope {

/// Dice: soft Dice on the sigmoid, per class over the whole batch, smooth 1:
///   1 − (2Σpt + 1) / (Σp + Σt + 1), mean over classes (METHOD section 4).
/// DiceBce: the same plus the mean binary cross-entropy of all voxels and classes.
/// CrossEntropy: −Σ t ln softmax over the classes, mean over what has a class (a sample, a pixel);
/// where the target is all 0 nobody knows the class, and it does not count.
/// L1, Mse: mean |f − t| and mean (f − t)².
enum class LossKind { Dice, DiceBce, CrossEntropy, L1, Mse };

/// "dice", "dice+bce", "cross-entropy", "l1" or "mse". Throws `Error` otherwise.
LossKind lossFrom(std::string_view name);
/// Whether it is of overlapping regions, as those of volumes are.
constexpr bool isOfRegions(LossKind kind) {
  return kind == LossKind::Dice || kind == LossKind::DiceBce;
}

struct LossAndGradient {
  torch::Tensor loss;      ///< scalar
  torch::Tensor gradient;  ///< ∂loss/∂logits, shaped as the logits
};

/// logits and target [N, K, …].
LossAndGradient lossAndGradient(const torch::Tensor& logits, const torch::Tensor& target,
                                LossKind kind);

}  // namespace modascope
