#include "core/models/unet/blocked_unet3d.h"

#include <ATen/ATen.h>

#include "core/models/blocked/blocked_parallel.h"

namespace modascope {
namespace {

using torch::Tensor;

constexpr std::size_t kDown = 2;  // layers before the first block down
constexpr std::size_t kUp = kDown + 2 * DsUnet3d::kLevels;

/// What came from above and what comes from below, side by side in one tensor.
Tensor skipOf(const Tensor& wide) {
  return wide.narrow(1, 0, wide.size(1) / 2);
}
Tensor belowOf(const Tensor& wide) {
  return wide.narrow(1, wide.size(1) / 2, wide.size(1) / 2);
}

void addTo(float* place, const Tensor& values) {
  const Tensor sum = values.sum(0).contiguous();
  for (std::int64_t i = 0; i < sum.numel(); ++i) place[i] += sum.data_ptr<float>()[i];
}

/// [N, M, K, D, H, W] for x [N, M, D, H, W].
Tensor emptyLogits(const DsUnet3d& net, const Tensor& x) {
  auto sizes = x.sizes().vec();
  sizes.insert(sizes.begin() + 2, net.layout()[net.headBias()].size);
  return torch::empty(sizes, x.options());
}

}  // namespace

BlockedUnet3d::BlockedUnet3d(const DsUnet3d& net)
    : net_(net), kernels_(blockedKernels(net.first().a.out, net.precision())) {
  std::vector<SharedBlock> blocks{net.first()};
  blocks.insert(blocks.end(), net.down().begin(), net.down().end());
  blocks.insert(blocks.end(), net.up().begin(), net.up().end());
  for (const SharedBlock& block : blocks)
    for (const SharedConv& conv : {block.a, block.b})
      layers_.push_back({conv, kernels_.packedWeights(net.parameter(conv.weight), false), {}});
}

void BlockedUnet3d::prepareToPull() {
  for (std::size_t i = 1; i < layers_.size(); ++i)
    layers_[i].backward = kernels_.packedWeights(net_.parameter(layers_[i].at.weight), true);
}

Tensor BlockedUnet3d::affine(std::size_t block, std::int64_t channels, ModalityId m) const {
  return net_.affine(block, channels)[static_cast<std::int64_t>(m.index())];
}

float* BlockedUnet3d::place(Tensor row, std::size_t block) const {
  return row.data_ptr<float>() + net_.layout()[block].offset;
}

void BlockedUnet3d::conv(const Layer& layer, const Tensor& x, ModalityId m, Tensor y,
                         BlockedRecord* record) const {
  const SharedConv& at = layer.at;
  const BlockedNorm norm = kernels_.convolveAndMeasure(
      x, layer.forward, net_.parameter(at.bias), affine(at.gamma, at.out, m),
      affine(at.beta, at.out, m), DsUnet3d::kGroups);
  kernels_.applyNorm(norm, y);
  if (record != nullptr) record->convs.push_back({x, norm});
}

void BlockedUnet3d::block(std::size_t first, const Tensor& x, ModalityId m, Tensor y,
                          BlockedRecord* record) const {
  const Tensor middle = kernels_.make(x.size(0), layers_[first].at.out, gridOf(y));
  conv(layers_[first], x, m, middle, record);
  conv(layers_[first + 1], middle, m, y, record);
}

void BlockedUnet3d::run(const Tensor& x, ModalityId m, Tensor y, BlockedRecord* record) const {
  const std::int64_t n = x.size(0);
  Grid grid{x.size(1), x.size(2), x.size(3)};
  std::vector<Tensor> wide{kernels_.make(n, 2 * layers_[1].at.out, grid)};
  block(0, x, m, skipOf(wide[0]), record);
  Tensor h;
  for (std::size_t i = 0; i < DsUnet3d::kLevels; ++i) {
    grid = grid.half();
    const Tensor above = skipOf(wide[i]);
    const Tensor pooled = kernels_.make(n, above.size(1) * kernels_.lanes(), grid);
    kernels_.maxPool(above, pooled);
    const std::int64_t out = layers_[kDown + 2 * i + 1].at.out;
    const bool last = i + 1 == DsUnet3d::kLevels;
    wide.push_back(kernels_.make(n, last ? out : 2 * out, grid));
    h = last ? wide.back() : skipOf(wide.back());
    block(kDown + 2 * i, pooled, m, h, record);
  }
  for (std::size_t i = 0; i < DsUnet3d::kLevels; ++i) {
    const Tensor& both = wide[DsUnet3d::kLevels - 1 - i];
    kernels_.upsample(h, belowOf(both));
    h = kernels_.make(n, layers_[kUp + 2 * i + 1].at.out, gridOf(both));
    block(kUp + 2 * i, both, m, h, record);
  }
  if (record != nullptr) record->features = h;
  kernels_.project(h, net_.parameter(net_.headWeight()).flatten(1), net_.parameter(net_.headBias()),
                   y);
}

void BlockedUnet3d::pullConv(std::size_t index, const BlockedRecord& record, ModalityId m,
                             Tensor dy, Tensor dx, Tensor row) const {
  const SharedConv& at = layers_[index].at;
  const BlockedConvRecord& kept = record.convs[index];
  const auto affines =
      kernels_.pullNorm(dy, kept.norm, affine(at.gamma, at.out, m), DsUnet3d::kGroups);
  addTo(place(row, at.gamma + m.index()), affines.gamma);
  addTo(place(row, at.beta + m.index()), affines.beta);
  addTo(place(row, at.bias), affines.bias);
  kernels_.addWeightGradient(kept.input, dy, place(row, at.weight));
  if (dx.defined()) kernels_.pullConvolution(dy, layers_[index].backward, dx);
}

Tensor BlockedUnet3d::pullBlock(std::size_t first, const BlockedRecord& record, ModalityId m,
                                Tensor dy, Tensor row) const {
  const std::int64_t n = dy.size(0);
  const Tensor middle = kernels_.make(n, layers_[first].at.out, gridOf(dy));
  pullConv(first + 1, record, m, dy, middle, row);
  const Tensor dx = first == 0 ? Tensor() : kernels_.make(n, layers_[first].at.in, gridOf(dy));
  pullConv(first, record, m, middle, dx, row);
  return dx;
}

void BlockedUnet3d::pullBack(const BlockedRecord& record, ModalityId m, const Tensor& c,
                             Tensor row) const {
  const std::int64_t n = c.size(0);
  Tensor d = torch::empty(record.features.sizes(), record.features.options());
  kernels_.pullProject(record.features, c, net_.parameter(net_.headWeight()).flatten(1), d,
                       place(row, net_.headWeight()));
  addTo(place(row, net_.headBias()), c.flatten(2).sum(2));
  std::vector<Tensor> skips;
  for (std::size_t i = DsUnet3d::kLevels; i-- > 0;) {
    const Tensor wide = pullBlock(kUp + 2 * i, record, m, d, row);
    skips.push_back(skipOf(wide));
    const Tensor below = belowOf(wide);
    d = kernels_.make(n, below.size(1) * kernels_.lanes(), gridOf(below).half());
    kernels_.upsampleGradient(below, d);
  }
  for (std::size_t i = DsUnet3d::kLevels; i-- > 0;) {
    const Tensor pooled = pullBlock(kDown + 2 * i, record, m, d, row);
    const Tensor above = skipOf(record.convs[kUp + 2 * (DsUnet3d::kLevels - 1 - i)].input);
    d = skips[i];
    kernels_.addMaxPoolGradient(above, pooled, d);
  }
  pullBlock(0, record, m, d, row);
}

Tensor runBlockedUnet(const DsUnet3d& net, const Tensor& x, const std::vector<ModalityId>& which) {
  const BlockedUnet3d run(net);
  const Tensor in = x.contiguous(), f = emptyLogits(net, x);
  for (std::size_t i = 0; i < which.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    run.run(in.select(1, at), which[i], f.select(1, at), nullptr);
  }
  return f;
}

BlockedUnet3dTape::BlockedUnet3dTape(const DsUnet3d& net, const Tensor& x)
    : net_(net), records_(static_cast<std::size_t>(x.size(1))), logits_(emptyLogits(net, x)) {
  const BlockedUnet3d run(net);
  const Tensor in = x.contiguous();
  for (std::size_t m = 0; m < records_.size(); ++m) {
    const auto at = static_cast<std::int64_t>(m);
    run.run(in.select(1, at), ModalityId(m), logits_.select(1, at), &records_[m]);
  }
}

Tensor BlockedUnet3dTape::pullBackRows(const Tensor& cotangents) const {
  BlockedUnet3d net(net_);
  net.prepareToPull();
  const Tensor c = cotangents.contiguous();
  const std::int64_t r = c.size(2);
  const Tensor rows = torch::zeros({c.size(1) * r, net_.layout().total()}, torch::kFloat32);
  for (std::int64_t row = 0; row < rows.size(0); ++row) {
    const ModalityId m(static_cast<std::size_t>(row / r));
    const Tensor cotangent = c.select(1, row / r).select(1, row % r);
    if (cotangent.any().item<bool>()) net.pullBack(records_[m.index()], m, cotangent, rows[row]);
  }
  return rows;
}

Tensor BlockedUnet3dTape::pullBackSum(const Tensor& cotangents) const {
  BlockedUnet3d net(net_);
  net.prepareToPull();
  const Tensor c = cotangents.contiguous();
  const Tensor sum = torch::zeros({net_.layout().total()}, torch::kFloat32);
  for (std::int64_t m = 0; m < c.size(1); ++m)
    net.pullBack(records_[static_cast<std::size_t>(m)], ModalityId(static_cast<std::size_t>(m)),
                 c.select(1, m), sum);
  return sum;
}

}  // namespace modascope
