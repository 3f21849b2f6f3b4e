#pragma once

#include <vector>

#include <torch/types.h>

#include "core/models/transformer/ds_transformer.h"

namespace modascope {

/// What the backward pass through a layer normalisation needs: y = γ x̂ + β.
struct NormRecord {
  torch::Tensor unit;  ///< x̂ [L, E]
  torch::Tensor rate;  ///< 1 / σ [L, 1]
};

/// The same of a transformer block on N sequences of T steps, L = N · T.
struct BlockRecord {
  NormRecord before;
  torch::Tensor seen;     ///< [L, E], what attention sees
  torch::Tensor q, k, v;  ///< [N · heads, T, E / heads], q with the scale of the softmax
  torch::Tensor weights;  ///< [N · heads, T, T], after the softmax
  torch::Tensor mixed;    ///< [L, E], of all heads
  NormRecord between;
  torch::Tensor fed;     ///< [L, E], what the feed-forward layers see
  torch::Tensor active;  ///< GELU(z) [L, 4 E]
  torch::Tensor slope;   ///< GELU'(z) [L, 4 E]
};

/// And of a modality's whole branch.
struct BranchRecord {
  std::int64_t sequences = 0;  ///< N
  std::int64_t steps = 0;      ///< T
  torch::Tensor input;         ///< [L, width]
  std::vector<BlockRecord> blocks;
  NormRecord last;
  torch::Tensor pooled;  ///< [N, E], what the head sees
};

/// Runs a branch on sequences [N, T, width] and fills `record`. Returns its logits [N, K], those of
/// the network itself to the last bit.
torch::Tensor recordBranch(const DsTransformerBranch& parts, const ParameterValues& values,
                           int heads, const torch::Tensor& sequences, BranchRecord& record);

}  // namespace modascope
