#pragma once

#include <memory>
#include <vector>

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/config/run_config.h"
#include "core/events/events.h"
#include "core/models/parameter_layout.h"

namespace modascope {

/// What a forward pass remembers so that many gradients can be pulled back through it.
class BranchTape {
 public:
  virtual ~BranchTape() = default;

  /// f [N, M, K, …]: each modality's own logits.
  virtual const torch::Tensor& logits() const = 0;
  /// `cotangents` c [N, M, R, K, …] → rows [M·R, P]; row m·R + r = J_mᵀ c_{m,r}, summed over N.
  virtual torch::Tensor pullBackRows(const torch::Tensor& cotangents) const = 0;
  /// `cotangents` c [N, M, K, …] → Σ_m J_mᵀ c_m, [P].
  virtual torch::Tensor pullBackSum(const torch::Tensor& cotangents) const = 0;
};

/// A network that accepts any set of modalities.
class MultimodalModel {
 public:
  virtual ~MultimodalModel() = default;

  virtual ModelDescription describe() const = 0;
  const ParameterLayout& layout() const { return layout_; }
  /// [P], in the order of `layout()`. Writing into it changes the network.
  const torch::Tensor& parameters() const { return parameters_; }
  /// A view of one block of `parameters()` in its own shape.
  torch::Tensor parameter(std::size_t block) const;
  /// Spatial sizes must be multiples of this.
  virtual std::int64_t granularity() const = 0;

 protected:
  /// To be called once, when the layout is complete; zeros.
  void allocate(torch::Device device);

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
  /// The same for all modalities, x [N, M, D, H, W], ready for gradients.
  virtual std::unique_ptr<BranchTape> record(const torch::Tensor& x) const = 0;
};

/// The network that `config.model.kind` names, with seeded initial weights. Throws `Error` if
/// there is none of that kind or its width does not fit.
std::unique_ptr<LateFusionModel> makeModel(const RunConfig& config, const ModalitySchema& schema,
                                           const std::vector<std::string>& outputs,
                                           torch::Device device);

}  // namespace modascope
