#include "core/models/transformer/transformer_parts.h"

#include <cmath>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// [N, L, E] → [N, heads, L, E / heads]
Tensor intoHeads(const Tensor& x, int heads) {
  return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

}  // namespace

Linear addLinear(ParameterLayout& layout, const std::string& name, std::int64_t in,
                 std::int64_t out, const PartOwner& owner) {
  const std::size_t weight =
      layout.add(name + ".linear.weight", {out, in}, owner.modality, owner.subset);
  return {weight, layout.add(name + ".linear.bias", {out}, owner.modality, owner.subset)};
}

Tensor runLinear(const Linear& linear, const ParameterValues& values, const Tensor& x) {
  return at::linear(x, values[linear.weight], values[linear.bias]);
}

Norm addNorm(ParameterLayout& layout, const std::string& name, std::int64_t width,
             const PartOwner& owner) {
  const std::size_t weight =
      layout.add(name + ".norm.weight", {width}, owner.modality, owner.subset);
  return {weight, layout.add(name + ".norm.bias", {width}, owner.modality, owner.subset)};
}

Tensor runNorm(const Norm& norm, const ParameterValues& values, const Tensor& x) {
  return at::layer_norm(x, {x.size(-1)}, values[norm.weight], values[norm.bias]);
}

std::size_t addToken(ParameterLayout& layout, const std::string& name,
                     std::vector<std::int64_t> shape, const PartOwner& owner) {
  return layout.add(name + ".token", std::move(shape), owner.modality, owner.subset);
}

Attention addAttention(ParameterLayout& layout, const std::string& name, std::int64_t width,
                       const PartOwner& owner) {
  const auto add = [&](const char* part) {
    return addLinear(layout, name + part, width, width, owner);
  };
  Attention attention;
  attention.query = add(".query");
  attention.key = add(".key");
  attention.value = add(".value");
  attention.out = add(".out");
  return attention;
}

Tensor runAttention(const Attention& attention, const ParameterValues& values, const Tensor& query,
                    const Tensor& context, int heads) {
  const Tensor q = intoHeads(runLinear(attention.query, values, query), heads);
  const Tensor k = intoHeads(runLinear(attention.key, values, context), heads);
  const Tensor v = intoHeads(runLinear(attention.value, values, context), heads);
  const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(-1)));
  const Tensor weights = at::softmax(at::matmul(q * scale, k.transpose(-2, -1)), -1);
  const Tensor seen = at::matmul(weights, v).transpose(1, 2);
  return runLinear(attention.out, values, seen.reshape(query.sizes()));
}

Tensor linearAttention(const Tensor& q, const Tensor& k, const Tensor& v, int heads) {
  const Tensor asked = at::softmax(intoHeads(q, heads), 3);
  const Tensor offered = at::softmax(intoHeads(k, heads), 2);
  const Tensor context = at::matmul(offered.transpose(2, 3), intoHeads(v, heads));
  return at::matmul(asked, context).transpose(1, 2).reshape(q.sizes());
}

FeedForward addFeedForward(ParameterLayout& layout, const std::string& name, std::int64_t width,
                           const PartOwner& owner, std::int64_t ratio) {
  const Linear in = addLinear(layout, name + ".in", width, ratio * width, owner);
  return {in, addLinear(layout, name + ".out", ratio * width, width, owner)};
}

Tensor runFeedForward(const FeedForward& part, const ParameterValues& values, const Tensor& x) {
  return runLinear(part.out, values, at::gelu(runLinear(part.in, values, x)));
}

TransformerBlock addTransformerBlock(ParameterLayout& layout, const std::string& name,
                                     std::int64_t width, const PartOwner& owner) {
  TransformerBlock block;
  block.before = addNorm(layout, name + ".before", width, owner);
  block.attention = addAttention(layout, name + ".attention", width, owner);
  block.between = addNorm(layout, name + ".between", width, owner);
  block.feed = addFeedForward(layout, name + ".feed", width, owner);
  return block;
}

Tensor runTransformerBlock(const TransformerBlock& block, const ParameterValues& values,
                           const Tensor& x, const Tensor& context, int heads) {
  const Tensor query = runNorm(block.before, values, x);
  const Tensor seen = x.is_same(context) ? query : runNorm(block.before, values, context);
  const Tensor h = x + runAttention(block.attention, values, query, seen, heads);
  return h + runFeedForward(block.feed, values, runNorm(block.between, values, h));
}

Tensor runTransformerBlock(const TransformerBlock& block, const ParameterValues& values,
                           const Tensor& x, int heads) {
  return runTransformerBlock(block, values, x, x, heads);
}

TransformerStack addTransformerStack(ParameterLayout& layout, const std::string& name,
                                     std::int64_t width, int layers, const PartOwner& owner) {
  TransformerStack stack;
  for (int i = 0; i < layers; ++i)
    stack.blocks.push_back(
        addTransformerBlock(layout, name + '.' + std::to_string(i), width, owner));
  stack.last = addNorm(layout, name + ".last", width, owner);
  return stack;
}

Tensor runTransformerStack(const TransformerStack& stack, const ParameterValues& values, Tensor x,
                           int heads, const std::optional<Tensor>& context) {
  for (const TransformerBlock& block : stack.blocks)
    x = runTransformerBlock(block, values, x, context.value_or(x), heads);
  return runNorm(stack.last, values, x);
}

Tensor sinusoidalPositions(std::int64_t steps, std::int64_t width,
                           const torch::TensorOptions& options) {
  const Tensor even = torch::arange(0, width, 2, options);
  const Tensor rates = at::exp(even * (-std::log(10000.0) / static_cast<double>(width)));
  const Tensor angles = torch::arange(steps, options).unsqueeze(1) * rates;
  return at::stack({at::sin(angles), at::cos(angles)}, 2).view({steps, width});
}

std::int64_t parametersUnder(const ParameterLayout& layout, std::string_view prefix) {
  std::int64_t sum = 0;
  for (const ParameterBlock& block : layout.blocks())
    if (block.name.starts_with(prefix)) sum += block.size;
  return sum;
}

}  // namespace modascope
