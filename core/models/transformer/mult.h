#pragma once

#include <vector>

#include "core/models/autograd_model.h"
#include "core/models/model_sizes.h"
#include "core/models/transformer/transformer_parts.h"
#include "core/problem/problem.h"

namespace modascope {

/// mult: every modality looks at each other one through a cross-modal transformer of its own; what
/// it saw goes through self-attention and is averaged over the steps (the paper takes the last
/// step). A missing modality is zeros. One modality alone has self-attention only.
/// Parameters grow with the third power of the number of modalities: the paper has three of them
/// and an embedding of 30 to 40.
/// Source: Tsai et al., ACL 2019 (arXiv 1906.00295).
class Mult : public AutogradModel {
 public:
  /// Throws `Error` where the sizes do not fit.
  Mult(const ModelSizes& sizes, const Problem& problem, Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override { return std::make_unique<Mult>(*this); }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1; }

 protected:
  /// x [N, C] as in `InputLayout` → f_s [N, K].
  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;

 private:
  struct Target {
    ModalityId id;
    Linear project;
    std::vector<ModalityId> sources;
    std::vector<TransformerStack> looks;  ///< one a source
    TransformerStack memory;
  };
  struct Head {
    Linear first;
    Linear second;
    Linear out;
  };
  /// What the subsets of one pass have in common: features of modalities, there or missing, and
  /// what one saw in another.
  class Pass;

  void addTarget(ModalityId id);
  torch::Tensor runHead(const ParameterValues& values, const torch::Tensor& seen) const;

  ModelSizes sizes_;
  InputLayout inputs_;
  std::vector<Target> targets_;
  Head head_;
};

}  // namespace modascope
