#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/models/model.h"
#include "core/models/model_sizes.h"
#include "core/models/transformer/transformer_parts.h"
#include "core/problem/problem.h"

namespace modascope {

/// The parts that a modality runs through. Attention, feed-forward layers and head are the same
/// blocks of the layout in every branch; projection and norms are the modality's own.
struct DsTransformerBranch {
  ModalityId modality;
  Linear project;
  std::vector<TransformerBlock> blocks;
  Norm last;
  Linear head;
};

/// ds-transformer: Dynamic Sharing for features. Attention and feed-forward layers are shared;
/// projection and normalisations are the modality's own. Each modality runs by itself: a sequence
/// of tokens (a vector is one) → projected, with sinusoidal positions → transformer → mean over
/// steps → head. Fusion is the mean of the logits, which is the head of the mean of the features.
class DsTransformer : public LateFusionModel {
 public:
  DsTransformer(const ModelSizes& sizes, Problem problem, Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<DsTransformer>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1; }
  torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const override;
  torch::Tensor branchLogits(const torch::Tensor& x,
                             const std::vector<ModalityId>& which) const override;
  std::unique_ptr<BranchTape> recordBranches(const torch::Tensor& x,
                                             const std::vector<ModalityId>& which) const override;

 protected:
  /// features [N, steps · width] of one modality → [N, K]. The tensor library's autograd can
  /// follow it.
  torch::Tensor branch(const ParameterValues& values, const torch::Tensor& features,
                       ModalityId id) const;
  /// x [N, all features] → [N, steps · width] of one modality.
  torch::Tensor featuresOf(const torch::Tensor& x, ModalityId id) const;

 private:
  ModelSizes sizes_;
  Problem problem_;
  std::vector<DsTransformerBranch> branches_;
};

}  // namespace modascope
