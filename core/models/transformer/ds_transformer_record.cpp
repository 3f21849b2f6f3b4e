#include "core/models/transformer/ds_transformer_record.h"

#include <cmath>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// Runs a branch and keeps what the backward pass needs.
class Forward {
 public:
  Forward(const ParameterValues& values, int heads) : values_(values), heads_(heads) {}

  /// sequences [N, T, width] → logits [N, K]
  Tensor run(const DsTransformerBranch& parts, const Tensor& sequences,
             BranchRecord& record) const {
    record.sequences = sequences.size(0);
    record.steps = sequences.size(1);
    record.input = sequences.flatten(0, 1);
    Tensor h = runLinear(parts.project, values_, sequences);
    if (record.steps > 1) h = h + sinusoidalPositions(record.steps, h.size(2), h.options());
    for (const TransformerBlock& part : parts.blocks) {
      record.blocks.emplace_back();
      h = block(part, h, record.blocks.back());
    }
    record.pooled = norm(parts.last, h.mean(1), record.last);
    return runLinear(parts.head, values_, record.pooled);
  }

 private:
  Tensor block(const TransformerBlock& part, const Tensor& x, BlockRecord& record) const {
    const Tensor h = x + attention(part, norm(part.before, x, record.before), record);
    const Tensor fed = norm(part.between, h, record.between);
    record.fed = fed.flatten(0, 1);
    const Tensor z = runLinear(part.feed.in, values_, fed);
    const Tensor active = at::gelu(z);
    record.active = active.flatten(0, 1);
    record.slope = at::gelu_backward(at::ones_like(z), z).flatten(0, 1);
    return h + runLinear(part.feed.out, values_, active);
  }

  Tensor attention(const TransformerBlock& part, const Tensor& x, BlockRecord& record) const {
    record.seen = x.flatten(0, 1);
    const std::int64_t width = x.size(2) / heads_;
    record.q = intoHeads(runLinear(part.attention.query, values_, x)) * (1.0 / std::sqrt(static_cast<double>(width)));
    record.k = intoHeads(runLinear(part.attention.key, values_, x));
    record.v = intoHeads(runLinear(part.attention.value, values_, x));
    record.weights = at::softmax(at::bmm(record.q, record.k.transpose(1, 2)), -1);
    const Tensor mixed = at::bmm(record.weights, record.v)
                             .view({x.size(0), heads_, x.size(1), -1})
                             .transpose(1, 2)
                             .reshape(x.sizes());
    record.mixed = mixed.flatten(0, 1);
    return runLinear(part.attention.out, values_, mixed);
  }

  /// [N, T, E] → [N · heads, T, E / heads]
  Tensor intoHeads(const Tensor& x) const {
    const Tensor split = x.view({x.size(0), x.size(1), heads_, -1}).transpose(1, 2);
    return split.reshape({-1, x.size(1), split.size(3)});
  }

  Tensor norm(const Norm& part, const Tensor& x, NormRecord& record) const {
    const std::int64_t width = x.size(-1);
    const auto [y, mean, rate] =
        at::native_layer_norm(x, {width}, values_[part.weight], values_[part.bias], 1e-5);
    record.unit = ((x - mean) * rate).view({-1, width});
    record.rate = rate.reshape({-1, 1});
    return y;
  }

  const ParameterValues& values_;
  int heads_;
};

}  // namespace

Tensor recordBranch(const DsTransformerBranch& parts, const ParameterValues& values, int heads,
                    const Tensor& sequences, BranchRecord& record) {
  return Forward(values, heads).run(parts, sequences, record);
}

}  // namespace modascope
