#include "core/train/loss.h"

#include <string>

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace modascope {
namespace {

using torch::Tensor;

/// [N, K, …] → [K]
Tensor perClass(const Tensor& t) {
  return t.flatten(2).sum(at::IntArrayRef{0, 2});
}

/// [K] → [1, K, 1, …] with as many dimensions as `like`.
Tensor spread(const Tensor& t, const Tensor& like) {
  std::vector<std::int64_t> shape(static_cast<std::size_t>(like.dim()), 1);
  shape[1] = t.size(0);
  return t.view(shape);
}

LossAndGradient regionLoss(const Tensor& logits, const Tensor& target, LossKind kind) {
  const auto classes = static_cast<double>(logits.size(1));
  const Tensor p = logits.sigmoid();
  const Tensor top = 2 * perClass(p * target) + 1, bottom = perClass(p) + perClass(target) + 1;
  Tensor loss = (1 - top / bottom).mean();
  // ∂/∂p of −top/bottom = (top − 2t·bottom) / bottom²
  const Tensor square = bottom.square() * classes;
  Tensor gradient = target * spread(-2 * bottom / square, logits);
  gradient.add_(spread(top / square, logits)).mul_(p).mul_(1 - p);
  if (kind == LossKind::DiceBce) {
    loss = loss + at::binary_cross_entropy_with_logits(logits, target);
    gradient.add_(p - target, 1.0 / static_cast<double>(logits.numel()));
  }
  return {loss, gradient};
}

LossAndGradient crossEntropy(const Tensor& logits, const Tensor& target) {
  const Tensor logP = logits.log_softmax(1);
  const Tensor known = target.sum().clamp_min(1);
  const Tensor loss = -(target * logP).sum() / known;
  return {loss, (logP.exp() * target.sum(1, true) - target) / known};
}

LossAndGradient absoluteError(const Tensor& values, const Tensor& target) {
  const Tensor error = values - target;
  return {error.abs().mean(), error.sign() / static_cast<double>(error.numel())};
}

LossAndGradient squaredError(const Tensor& values, const Tensor& target) {
  const Tensor error = values - target;
  return {error.square().mean(), error * (2.0 / static_cast<double>(error.numel()))};
}

}  // namespace

LossKind lossFrom(std::string_view name) {
  if (name == "dice") return LossKind::Dice;
  if (name == "dice+bce") return LossKind::DiceBce;
  if (name == "cross-entropy") return LossKind::CrossEntropy;
  if (name == "l1") return LossKind::L1;
  if (name == "mse") return LossKind::Mse;
  throw Error("train.loss is '" + std::string(name) +
              "'; it is dice, dice+bce, cross-entropy, l1 or mse.");
}

LossAndGradient lossAndGradient(const Tensor& logits, const Tensor& target, LossKind kind) {
  switch (kind) {
    case LossKind::CrossEntropy:
      return crossEntropy(logits, target);
    case LossKind::L1:
      return absoluteError(logits, target);
    case LossKind::Mse:
      return squaredError(logits, target);
    default:
      return regionLoss(logits, target, kind);
  }
}

}  // namespace modascope
