#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/parameter_parts.h"

namespace modascope {

/// The pieces that transformers here are made of. A part is a few block indices in a layout; what
/// it computes follows from `values` alone, one tensor a block. Sequences are x [N, L, E].

/// "<name>.linear.weight" [out, in] and "<name>.linear.bias" [out].
struct Linear {
  std::size_t weight = 0;
  std::size_t bias = 0;
};
Linear addLinear(ParameterLayout& layout, const std::string& name, std::int64_t in,
                 std::int64_t out, const PartOwner& owner = {});
/// x […, in] → […, out]
torch::Tensor runLinear(const Linear& linear, const ParameterValues& values,
                        const torch::Tensor& x);

/// Layer normalisation over the last axis: "<name>.norm.weight" and "<name>.norm.bias", [width].
struct Norm {
  std::size_t weight = 0;
  std::size_t bias = 0;
};
Norm addNorm(ParameterLayout& layout, const std::string& name, std::int64_t width,
             const PartOwner& owner = {});
torch::Tensor runNorm(const Norm& norm, const ParameterValues& values, const torch::Tensor& x);

/// "<name>.token" of any shape, which starts as small noise: class tokens, learned positions.
std::size_t addToken(ParameterLayout& layout, const std::string& name,
                     std::vector<std::int64_t> shape, const PartOwner& owner = {});

/// "<name>.query", ".key", ".value" and ".out", a linear layer each.
struct Attention {
  Linear query;
  Linear key;
  Linear value;
  Linear out;
};
Attention addAttention(ParameterLayout& layout, const std::string& name, std::int64_t width,
                       const PartOwner& owner = {});
/// Each step of query [N, L, E] looks at all steps of context [N, S, E] → [N, L, E]:
/// softmax(q kᵀ / √(E / heads)) v for every head. Self-attention: context is the query.
/// Source: Vaswani et al., NeurIPS 2017 (arXiv 1706.03762), section 3.2.
torch::Tensor runAttention(const Attention& attention, const ParameterValues& values,
                           const torch::Tensor& query, const torch::Tensor& context, int heads);

/// softmax over channels(q) · (softmax over places(k)ᵀ v) for every head; q [N, L, C], k and v
/// [N, S, C] → [N, L, C], in time linear in L and S. Source: Shen et al., WACV 2021 (arXiv
/// 1812.01243).
torch::Tensor linearAttention(const torch::Tensor& q, const torch::Tensor& k,
                              const torch::Tensor& v, int heads);

/// "<name>.in" to `ratio` times the width, GELU, "<name>.out" back.
struct FeedForward {
  Linear in;
  Linear out;
};
FeedForward addFeedForward(ParameterLayout& layout, const std::string& name, std::int64_t width,
                           const PartOwner& owner = {}, std::int64_t ratio = 4);
torch::Tensor runFeedForward(const FeedForward& part, const ParameterValues& values,
                             const torch::Tensor& x);

/// Pre-norm: x + attention(norm x, norm context), then + feed-forward(norm): "<name>.before",
/// ".attention", ".between", ".feed". Query and context share the first normalisation.
struct TransformerBlock {
  Norm before;
  Attention attention;
  Norm between;
  FeedForward feed;
};
TransformerBlock addTransformerBlock(ParameterLayout& layout, const std::string& name,
                                     std::int64_t width, const PartOwner& owner = {});
/// x [N, L, E], context [N, S, E] → [N, L, E]
torch::Tensor runTransformerBlock(const TransformerBlock& block, const ParameterValues& values,
                                  const torch::Tensor& x, const torch::Tensor& context, int heads);
/// Self-attention.
torch::Tensor runTransformerBlock(const TransformerBlock& block, const ParameterValues& values,
                                  const torch::Tensor& x, int heads);

/// Blocks one after the other, "<name>.0", ".1", …, and "<name>.last", a normalisation.
struct TransformerStack {
  std::vector<TransformerBlock> blocks;
  Norm last;
};
TransformerStack addTransformerStack(ParameterLayout& layout, const std::string& name,
                                     std::int64_t width, int layers, const PartOwner& owner = {});
/// Every block looks at the same context; at its own input where there is none.
torch::Tensor runTransformerStack(const TransformerStack& stack, const ParameterValues& values,
                                  torch::Tensor x, int heads,
                                  const std::optional<torch::Tensor>& context = std::nullopt);

/// [steps, width]: sin(t / 10000^(2i / width)) at 2i and cos of the same at 2i + 1; width even.
torch::Tensor sinusoidalPositions(std::int64_t steps, std::int64_t width,
                                  const torch::TensorOptions& options);

/// Parameters of all blocks whose names begin with the prefix.
std::int64_t parametersUnder(const ParameterLayout& layout, std::string_view prefix);

}  // namespace modascope
