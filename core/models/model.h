#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/events/events.h"
#include "core/models/parameter_layout.h"

namespace modascope {

/// What a forward pass remembers so that many gradients can be pulled back through it.
class BranchTape {
 public:
  virtual ~BranchTape() = default;

  /// f [N, M, K, …]: each modality's own logits, of those that were recorded.
  virtual const torch::Tensor& logits() const = 0;
  /// `cotangents` c [N, M, R, K, …] → rows [M·R, P]; row m·R + r = J_mᵀ c_{m,r}, summed over N.
  virtual torch::Tensor pullBackRows(const torch::Tensor& cotangents) const = 0;
  /// `cotangents` c [N, M, K, …] → Σ_m J_mᵀ c_m, [P].
  virtual torch::Tensor pullBackSum(const torch::Tensor& cotangents) const = 0;
};

/// A forward pass on a batch for several subsets, ready for the gradient of any of their losses.
class SubsetTape {
 public:
  virtual ~SubsetTape() = default;

  /// f_s [N, K, …] of each subset asked for, in that order.
  virtual const std::vector<torch::Tensor>& outputs() const = 0;
  /// Σ_s J_sᵀ c_s, [P], in one pass; c_s is shaped as f_s, or undefined where it is nothing.
  virtual torch::Tensor pullBack(const std::vector<torch::Tensor>& cotangents) const = 0;
};

/// A layer at which every modality still has activations of its own.
struct OwnLayer {
  std::string name;  ///< "up 3", as the network's description calls the block
  int level = 0;     ///< halvings of resolution
};

/// A network cut in two at such a layer, for one input.
struct LayerCut {
  torch::Tensor activations;  ///< A [|S|, C, d, h, w], in the order of S
  /// A → f [1, K, D, H, W], the network's own with the A above. The tensor library's autograd can
  /// follow it. The network must outlive it.
  std::function<torch::Tensor(const torch::Tensor&)> rest;
};

/// A network that accepts any set of modalities.
class MultimodalModel {
 public:
  virtual ~MultimodalModel() = default;
  MultimodalModel& operator=(const MultimodalModel&) = delete;

  /// The same network with parameters of its own, at first equal. To be implemented as
  /// `return std::make_unique<Network>(*this);`.
  virtual std::unique_ptr<MultimodalModel> copy() const = 0;

  virtual ModelDescription describe() const = 0;
  const ParameterLayout& layout() const { return layout_; }
  /// [P], in the order of `layout()`. Writing into it changes the network.
  const torch::Tensor& parameters() const { return parameters_; }
  /// A view of one block of `parameters()` in its own shape.
  torch::Tensor parameter(std::size_t block) const;
  /// Spatial sizes must be multiples of this.
  virtual std::int64_t granularity() const = 0;
  /// Whether subsets have parameters in common, without which gradients cannot conflict.
  virtual bool sharesParameters() const { return true; }
  /// Floating-point operations of the convolutions in a forward pass for these subsets over so many
  /// voxels; what several of them need runs once. Nothing where nobody has counted them.
  virtual std::optional<double> convolutionWork(const std::vector<ModalitySet>& /*subsets*/,
                                                std::int64_t /*voxels*/) const {
    return std::nullopt;
  }

  /// What the network says when only `set` is available: x [N, M, D, H, W] → f [N, K, D, H, W].
  /// Channels of x outside the set are not looked at.
  virtual torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const = 0;
  /// Channels of x outside all of the subsets are not looked at.
  virtual std::unique_ptr<SubsetTape> recordSubsets(
      const torch::Tensor& x, const std::vector<ModalitySet>& subsets) const = 0;

  /// In the order in which data flows; none where modalities mix in the first convolution.
  virtual std::vector<OwnLayer> ownLayers() const { return {}; }
  /// x [1, M, D, H, W]; `layer` is an index of `ownLayers()`. Throws `Error` where there are none.
  virtual LayerCut cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const;

 protected:
  MultimodalModel() = default;
  /// The parameters are cloned.
  MultimodalModel(const MultimodalModel& other);

  /// To be called once, when the layout is complete; zeros.
  void allocate(torch::Device device);
  /// The same, with values to start from: convolutions and linear layers as usual, γ = 1, β = 0,
  /// tokens small noise.
  void start(Seed seed, torch::Device device);
  /// Every block's, without gradient.
  std::vector<torch::Tensor> values() const;

  ParameterLayout layout_;
  torch::Tensor parameters_;
};

/// A network with one branch per modality, whose output for a subset S is the mean of its branches'
/// logits: f_S = 1/|S| Σ_{m∈S} f_m. An absent modality's branch does not run at all.
class LateFusionModel : public MultimodalModel {
 public:
  /// x [N, |which|, D, H, W], one channel per modality named → f [N, |which|, K, D, H, W].
  virtual torch::Tensor branchLogits(const torch::Tensor& x,
                                     const std::vector<ModalityId>& which) const = 0;
  /// The same from x of all modalities, [N, M, D, H, W], ready for gradients: the tape's M branches
  /// are those of `which`, not empty. Channels of others are not looked at.
  virtual std::unique_ptr<BranchTape> recordBranches(
      const torch::Tensor& x, const std::vector<ModalityId>& which) const = 0;
  /// The branches of all modalities.
  std::unique_ptr<BranchTape> record(const torch::Tensor& x) const;

  torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const override;
  std::unique_ptr<SubsetTape> recordSubsets(const torch::Tensor& x,
                                            const std::vector<ModalitySet>& subsets) const override;
};

/// Modalities that some subset has, in the schema's order.
std::vector<ModalityId> modalitiesOf(const std::vector<ModalitySet>& subsets);
/// Indices of modalities in x, for `index_select`.
torch::Tensor indicesOf(const std::vector<ModalityId>& which, torch::Device device);
torch::Tensor indicesOf(ModalitySet set, torch::Device device);

}  // namespace modascope
