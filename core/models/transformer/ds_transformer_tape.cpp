#include "core/models/transformer/ds_transformer_tape.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// What gradients of activations may take while they go back, in numbers of 4 bytes: 64 MB.
constexpr std::int64_t kInFlight = 16'000'000;

/// Gradients of one modality's branch, rows [R, P]: over what is there, or on top of it.
class Gradients {
 public:
  Gradients(const ParameterLayout& layout, Tensor rows, bool onTop)
      : layout_(layout), rows_(std::move(rows)), onTop_(onTop) {}

  /// Σ_l dz_{r,l} ⊗ a_l; dz [R, L, O], a [L, I].
  void products(std::size_t block, const Tensor& dz, const Tensor& a) {
    Tensor place = at(block).view({dz.size(0), dz.size(2), a.size(1)});
    const Tensor same = a.expand({dz.size(0), -1, -1});
    if (onTop_)
      place.baddbmm_(dz.transpose(1, 2), same);
    else
      at::bmm_out(place, dz.transpose(1, 2), same);
  }
  /// Σ_l d_{r,l}; d [R, L, C].
  void sums(std::size_t block, const Tensor& d) {
    Tensor place = at(block);
    if (onTop_)
      place.add_(d.sum(1));
    else
      at::sum_out(place, d, 1);
  }
  void zeros(const Linear& part) {
    if (onTop_) return;
    at(part.weight).zero_();
    at(part.bias).zero_();
  }

 private:
  Tensor at(std::size_t block) const {
    return rows_.narrow(1, layout_[block].offset, layout_[block].size);
  }

  const ParameterLayout& layout_;
  Tensor rows_;
  bool onTop_;
};

/// Runs a branch backward for R cotangents; gradients of activations are [R, L, E].
class Backward {
 public:
  Backward(const ParameterValues& values, const BranchRecord& record, Gradients gradients)
      : values_(values), record_(record), gradients_(std::move(gradients)) {}

  /// c [R, N, K]
  void run(const DsTransformerBranch& parts, const Tensor& c) {
    const Tensor mean = norm(parts.last, record_.last, linear(parts.head, c, record_.pooled))
                            .div_(static_cast<double>(record_.steps));
    std::size_t i = parts.blocks.size() - 1;
    Tensor d = lastBlock(parts.blocks[i], record_.blocks[i], mean);
    while (i-- > 0) {
      const Tensor active = linear(parts.blocks[i].feed.out, d, record_.blocks[i].active);
      d = block(parts.blocks[i], record_.blocks[i], active.mul_(record_.blocks[i].slope), d);
    }
    parameters(parts.project, d, record_.input);
  }

 private:
  /// What comes from the mean [R, N, E] is the same for all steps of a sequence, so that products
  /// with it need one of them.
  Tensor lastBlock(const TransformerBlock& part, const BlockRecord& record, const Tensor& mean) {
    const auto steps = [&](const Tensor& x) {
      return x.view({record_.sequences, record_.steps, x.size(1)});
    };
    const Tensor d = mean.unsqueeze(2).expand({-1, -1, record_.steps, -1}).flatten(1, 2);
    gradients_.products(part.feed.out.weight, mean, steps(record.active).sum(1));
    gradients_.sums(part.feed.out.bias, d);
    const Tensor active = data(part.feed.out, mean);
    return block(part, record, (active.unsqueeze(2) * steps(record.slope)).flatten(1, 2), d);
  }

  /// `z` [R, L, 4 E] is what goes into GELU's input, d [R, L, E] what goes past the feed-forward.
  Tensor block(const TransformerBlock& part, const BlockRecord& record, const Tensor& z,
               const Tensor& d) {
    const Tensor h =
        norm(part.between, record.between, linear(part.feed.in, z, record.fed)).add_(d);
    const Tensor seen = record_.steps == 1 ? attentionToItself(part.attention, record, h)
                                           : attention(part.attention, record, h);
    return norm(part.before, record.before, seen).add_(h);
  }

  /// With a single step there is nothing to choose, whatever queries and keys say.
  Tensor attentionToItself(const Attention& part, const BlockRecord& record, const Tensor& d) {
    gradients_.zeros(part.query);
    gradients_.zeros(part.key);
    return linear(part.value, linear(part.out, d, record.mixed), record.seen);
  }

  Tensor attention(const Attention& part, const BlockRecord& record, const Tensor& d) {
    const std::int64_t r = d.size(0), n = record_.sequences, t = record_.steps;
    const std::int64_t width = record.q.size(2), heads = record.q.size(0) / n;
    const Tensor mixed = linear(part.out, d, record.mixed).view({r, n, t, heads, width});
    // Each head of each sequence is a product of its own, for all cotangents together.
    const Tensor rows = mixed.permute({1, 3, 0, 2, 4}).reshape({n * heads, r * t, width});
    const Tensor columns = mixed.permute({1, 3, 0, 4, 2}).reshape({n * heads, r * width, t});
    const Tensor scores =
        softmax(record.weights.unsqueeze(1),
                at::bmm(rows, record.v.transpose(1, 2)).view({n * heads, r, t, t}));
    const auto outOfHeads = [&](const Tensor& x) {  // [N, heads, R, T, width]
      return x.permute({2, 0, 3, 1, 4}).reshape({r, n * t, heads * width});
    };
    const double scale = 1.0 / std::sqrt(static_cast<double>(width));
    const Tensor dq = at::bmm(scores.view({n * heads, r * t, t}), record.k).mul_(scale);
    const Tensor dk = at::bmm(scores.transpose(2, 3).reshape({n * heads, r * t, t}), record.q);
    const Tensor dv =
        at::bmm(columns, record.weights).view({n, heads, r, width, t}).transpose(3, 4);
    return linear(part.query, outOfHeads(dq.view({n, heads, r, t, width})), record.seen)
        .add_(linear(part.key, outOfHeads(dk.view({n, heads, r, t, width})), record.seen))
        .add_(linear(part.value, outOfHeads(dv), record.seen));
  }

  /// p (dp − Σ p dp) along the last axis; `dp` is used up.
  static Tensor softmax(const Tensor& p, Tensor dp) {
    dp.mul_(p);
    return dp.addcmul_(p, dp.sum(-1, true), -1);
  }

  /// dy → (γ dy − mean(γ dy) − x̂ mean(γ dy x̂)) / σ
  Tensor norm(const Norm& part, const NormRecord& record, const Tensor& dy) {
    const Tensor& gamma = values_[part.weight];
    const Tensor mean = gamma / -gamma.size(0);
    const Tensor along = dy * record.unit;
    gradients_.sums(part.weight, along);
    gradients_.sums(part.bias, dy);
    return at::addcmul(at::matmul(dy, mean).unsqueeze(2), dy, gamma)
        .addcmul_(record.unit, at::matmul(along, mean).unsqueeze(2))
        .mul_(record.rate);
  }

  /// dz [R, L, O], a [L, I] → [R, L, I]
  Tensor linear(const Linear& part, const Tensor& dz, const Tensor& a) {
    parameters(part, dz, a);
    return data(part, dz);
  }

  Tensor data(const Linear& part, const Tensor& dz) const {
    return at::mm(dz.flatten(0, 1), values_[part.weight]).view({dz.size(0), dz.size(1), -1});
  }

  void parameters(const Linear& part, const Tensor& dz, const Tensor& a) {
    gradients_.products(part.weight, dz, a);
    gradients_.sums(part.bias, dz);
  }

  const ParameterValues& values_;
  const BranchRecord& record_;
  Gradients gradients_;
};

/// How many cotangents may go back through a branch together.
std::int64_t cotangentsTogether(const BranchRecord& record) {
  const BlockRecord& block = record.blocks.front();
  const std::int64_t each = 2 * block.active.numel() + 8 * block.seen.numel() +
                            (record.steps > 1 ? 3 * block.weights.numel() : 0);
  return std::max<std::int64_t>(1, kInFlight / each);
}

/// Zeros in all blocks that other modalities own, neighbours together.
void clearForeign(const ParameterLayout& layout, ModalityId own, const Tensor& rows) {
  std::int64_t first = 0, end = 0;
  for (const ParameterBlock& block : layout.blocks()) {
    if (!block.owner || *block.owner == own) continue;
    if (block.offset != end) {
      rows.narrow(1, first, end - first).zero_();
      first = block.offset;
    }
    end = block.offset + block.size;
  }
  rows.narrow(1, first, end - first).zero_();
}

}  // namespace

DsTransformerTape::DsTransformerTape(const ParameterLayout& layout, ParameterValues values,
                                     std::vector<DsTransformerBranch> branches, int heads,
                                     const std::vector<Tensor>& sequences)
    : layout_(layout), values_(std::move(values)), branches_(std::move(branches)) {
  const torch::NoGradGuard noGrad;
  std::vector<Tensor> outputs;
  records_.resize(branches_.size());
  for (std::size_t m = 0; m < branches_.size(); ++m)
    outputs.push_back(recordBranch(branches_[m], values_, heads, sequences[m], records_[m]));
  logits_ = at::stack(outputs, 1);
}

Tensor DsTransformerTape::pullBackRows(const Tensor& cotangents) const {
  const torch::NoGradGuard noGrad;
  const std::int64_t r = cotangents.size(2);
  Tensor rows = torch::empty({cotangents.size(1) * r, layout_.total()}, logits_.options());
  for (std::size_t m = 0; m < branches_.size(); ++m) {
    const auto index = static_cast<std::int64_t>(m);
    const Tensor own = rows.narrow(0, index * r, r);
    clearForeign(layout_, branches_[m].modality, own);
    const Tensor c = cotangents.select(1, index).transpose(0, 1).contiguous();
    const std::int64_t together = cotangentsTogether(records_[m]);
    for (std::int64_t first = 0; first < r; first += together) {
      const std::int64_t count = std::min(together, r - first);
      Backward(values_, records_[m], Gradients(layout_, own.narrow(0, first, count), false))
          .run(branches_[m], c.narrow(0, first, count));
    }
  }
  return rows;
}

Tensor DsTransformerTape::pullBackSum(const Tensor& cotangents) const {
  const torch::NoGradGuard noGrad;
  const Tensor row = torch::zeros({1, layout_.total()}, logits_.options());
  for (std::size_t m = 0; m < branches_.size(); ++m)
    Backward(values_, records_[m], Gradients(layout_, row, true))
        .run(branches_[m],
             cotangents.select(1, static_cast<std::int64_t>(m)).unsqueeze(0).contiguous());
  return row.squeeze(0);
}

}  // namespace modascope
