#pragma once

#include <array>
#include <utility>
#include <vector>

#include <torch/types.h>

#include "core/models/model.h"
#include "core/problem/brats.h"

namespace modascope::testing {

/// A late-fusion network small enough for pencil and paper. Its one layer has half resolution and
/// two channels a modality: A_0 the mean of each 2×2×2 cell of the image, A_1 = 1. Each voxel's
/// logits are f_k = w_k0 A_0 + w_k1 A_1 + bias_k of its cell.
class TwoChannelModel : public LateFusionModel {
 public:
  using Weights = std::array<double, 2>;

  /// `weights[m]` of modality m, the same for all three outputs; a modality beyond them has zeros.
  explicit TwoChannelModel(std::vector<Weights> weights, std::array<double, 3> bias = {0, 0, 0})
      : weights_(std::move(weights)), bias_(bias) {
    weights_.resize(4);
    allocate(torch::kCPU);
  }

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<TwoChannelModel>(*this);
  }
  ModelDescription describe() const override {
    return {"two channels", bratsModalities(), {"wt", "tc", "et"}, {}, true};
  }
  std::int64_t granularity() const override { return 2; }
  torch::Tensor branchLogits(const torch::Tensor& x,
                             const std::vector<ModalityId>& which) const override {
    std::vector<torch::Tensor> branches;
    for (std::size_t i = 0; i < which.size(); ++i)
      branches.push_back(branch(channels(x.select(1, static_cast<std::int64_t>(i))), which[i]));
    return torch::stack(branches, 1);
  }
  std::unique_ptr<BranchTape> recordBranches(const torch::Tensor&,
                                             const std::vector<ModalityId>&) const override {
    return nullptr;
  }

  std::vector<OwnLayer> ownLayers() const override { return {{"cells", 1}}; }
  LayerCut cutAt(std::size_t, const torch::Tensor& x, ModalitySet set) const override {
    std::vector<torch::Tensor> own;
    for (const ModalityId id : set.ids())
      own.push_back(channels(x.select(1, static_cast<std::int64_t>(id.index()))));
    return {torch::cat(own), [this, set](const torch::Tensor& a) {
              torch::Tensor sum;
              for (std::size_t i = 0; i < set.size(); ++i) {
                const auto f = branch(a.narrow(0, static_cast<std::int64_t>(i), 1), set.ids()[i]);
                sum = sum.defined() ? sum + f : f;
              }
              return sum / static_cast<double>(set.size());
            }};
  }

 private:
  /// [1, D, H, W] → [1, 2, D/2, H/2, W/2].
  static torch::Tensor channels(const torch::Tensor& x) {
    const auto cells = torch::avg_pool3d(x.unsqueeze(1), 2);
    return torch::cat({cells, torch::ones_like(cells)}, 1);
  }
  torch::Tensor branch(const torch::Tensor& a, ModalityId id) const {
    const Weights& w = weights_[id.index()];
    auto f = a.select(1, 0) * w[0] + a.select(1, 1) * w[1];
    for (const int axis : {1, 2, 3}) f = f.repeat_interleave(2, axis);
    return torch::stack({f + bias_[0], f + bias_[1], f + bias_[2]}, 1);
  }

  std::vector<Weights> weights_;
  std::array<double, 3> bias_;
};

}  // namespace modascope::testing
