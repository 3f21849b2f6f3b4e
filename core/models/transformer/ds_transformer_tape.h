#pragma once

#include <vector>

#include <torch/types.h>

#include "core/models/transformer/ds_transformer.h"
#include "core/models/transformer/ds_transformer_record.h"

namespace modascope {

/// A forward pass of a ds-transformer. The backward pass is for many cotangents at once: data
/// gradients stack them in the batch, a weight's gradients of all of them are one batched product
/// with the activations of the one forward pass. `layout` must outlive the tape.
class DsTransformerTape : public BranchTape {
 public:
  /// `sequences`: of each branch, [N, T, width].
  DsTransformerTape(const ParameterLayout& layout, ParameterValues values,
                    std::vector<DsTransformerBranch> branches, int heads,
                    const std::vector<torch::Tensor>& sequences);

  const torch::Tensor& logits() const override { return logits_; }
  torch::Tensor pullBackRows(const torch::Tensor& cotangents) const override;
  torch::Tensor pullBackSum(const torch::Tensor& cotangents) const override;

 private:
  const ParameterLayout& layout_;
  ParameterValues values_;
  std::vector<DsTransformerBranch> branches_;
  std::vector<BranchRecord> records_;
  torch::Tensor logits_;
};

}  // namespace modascope
