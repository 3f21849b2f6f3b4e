#include "core/models/unet/engines/blocked_unet.h"

#include <ATen/ATen.h>

#include "core/models/blocked/blocked_parallel.h"

namespace modascope {
namespace {

using torch::Tensor;

constexpr std::size_t kLevels = kUnetLevels;

void addTo(float* place, const Tensor& values) {
  const Tensor sum = values.sum(0).contiguous();
  for (std::int64_t i = 0; i < sum.numel(); ++i) place[i] += sum.data_ptr<float>()[i];
}

Grid gridAt(Grid grid, std::size_t level) {
  for (std::size_t l = 0; l < level; ++l) grid = grid.half();
  return grid;
}

/// Plain volumes [N, I, D, H, W], not blocked activations.
bool areVolumes(const Tensor& x) {
  return x.dim() == 5;
}

}  // namespace

BlockedUnet::BlockedUnet(const MultimodalModel& net, std::int64_t channels, Precision precision,
                         BackwardPass backward)
    : net_(net), layers_(blockedKernels(channels, precision)), backward_(backward) {}

void BlockedUnet::prepare(const UnetConv& conv, bool readsVolumes) {
  if (weights_.count(conv.weight) > 0) return;
  const Tensor weight = net_.parameter(conv.weight);
  Weights& weights = weights_[conv.weight];
  if (readsVolumes) {
    weights.forward = layers_.packedForVolumes(weight);
    return;
  }
  weights.forward = layers_.packedWeights(weight, false);
  if (backward_ == BackwardPass::Kept) weights.backward = layers_.packedWeights(weight, true);
}

void BlockedUnet::prepare(const std::vector<UnetBlock>& encoder) {
  for (std::size_t level = 0; level < encoder.size(); ++level) {
    prepare(encoder[level].a, level == 0);
    prepare(encoder[level].b, false);
  }
}

void BlockedUnet::prepare(const UnetDecoder& decoder) {
  for (const UnetBlock& block : decoder.up)
    for (const UnetConv& conv : {block.a, block.b}) prepare(conv, false);
}

std::int64_t BlockedUnet::inputsOf(const UnetConv& conv) const {
  return net_.layout()[conv.weight].shape[1];
}

std::int64_t BlockedUnet::outputsOf(const UnetConv& conv) const {
  return net_.layout()[conv.weight].shape[0];
}

float* BlockedUnet::place(Tensor row, std::size_t block) const {
  return row.data_ptr<float>() + net_.layout()[block].offset;
}

BlockedSkips BlockedUnet::roomFor(const UnetDecoder& decoder, std::int64_t samples,
                                  const Grid& grid) const {
  BlockedSkips room;
  for (std::size_t level = 0; level < kLevels; ++level) {
    const UnetConv& reads = decoder.up[kLevels - 1 - level].a;
    room.wide.push_back(layers_.make(samples, inputsOf(reads), gridAt(grid, level)));
    room.features.push_back(room.wide.back().narrow(1, 0, decoder.skips[level] / layers_.lanes()));
  }
  room.features.push_back(layers_.make(samples, decoder.skips.back(), gridAt(grid, kLevels)));
  return room;
}

std::vector<Tensor> BlockedUnet::roomFor(const std::vector<UnetBlock>& encoder,
                                         std::int64_t samples, const Grid& grid) const {
  std::vector<Tensor> room;
  for (std::size_t level = 0; level < encoder.size(); ++level)
    room.push_back(layers_.make(samples, outputsOf(encoder[level].b), gridAt(grid, level)));
  return room;
}

void BlockedUnet::conv(const UnetConv& at, const Tensor& x, Tensor y,
                       BlockedConvRecords* record) const {
  const BlockedNorm norm =
      layers_.convolveAndMeasure(x, weights_.at(at.weight).forward, net_.parameter(at.bias),
                                 net_.parameter(at.gamma), net_.parameter(at.beta), kUnetGroups);
  layers_.applyNorm(norm, y);
  if (record != nullptr) record->push_back({x, norm});
}

void BlockedUnet::block(const UnetBlock& at, const Tensor& x, Tensor y,
                        BlockedConvRecords* record) const {
  const Tensor middle = layers_.make(x.size(0), outputsOf(at.a), gridOf(y));
  conv(at.a, x, middle, record);
  conv(at.b, middle, y, record);
}

void BlockedUnet::encode(const std::vector<UnetBlock>& encoder, const Tensor& x,
                         const std::vector<Tensor>& outputs, BlockedEncoderRecord* record) const {
  BlockedConvRecords* convs = record == nullptr ? nullptr : &record->convs;
  block(encoder[0], x, outputs[0], convs);
  for (std::size_t level = 1; level < encoder.size(); ++level) {
    const Tensor pooled =
        layers_.make(x.size(0), inputsOf(encoder[level].a), gridOf(outputs[level]));
    layers_.maxPool(outputs[level - 1], pooled);
    block(encoder[level], pooled, outputs[level], convs);
  }
  if (record != nullptr) record->outputs = outputs;
}

void BlockedUnet::decode(const UnetDecoder& decoder, const BlockedSkips& skips, Tensor y,
                         BlockedDecoderRecord* record) const {
  Tensor h = skips.features.back();
  for (std::size_t i = 0; i < kLevels; ++i) {
    const Tensor& wide = skips.wide[kLevels - 1 - i];
    layers_.upsample(h, wide.narrow(1, wide.size(1) - h.size(1), h.size(1)));
    h = layers_.make(y.size(0), outputsOf(decoder.up[i].b), gridOf(wide));
    block(decoder.up[i], wide, h, record == nullptr ? nullptr : &record->convs);
  }
  if (record != nullptr) record->top = h;
  const UnetHead& head = decoder.head;
  layers_.project(h, net_.parameter(head.weight).flatten(1), net_.parameter(head.bias), y);
}

void BlockedUnet::pullConv(const UnetConv& at, const BlockedConvRecord& record, Tensor dy,
                           Tensor dx, Tensor row) const {
  const auto affines = layers_.pullNorm(dy, record.norm, net_.parameter(at.gamma), kUnetGroups);
  addTo(place(row, at.gamma), affines.gamma);
  addTo(place(row, at.beta), affines.beta);
  addTo(place(row, at.bias), affines.bias);
  layers_.addWeightGradient(record.input, dy, place(row, at.weight));
  if (dx.defined()) layers_.pullConvolution(dy, weights_.at(at.weight).backward, dx);
}

Tensor BlockedUnet::pullBlock(const UnetBlock& at, const BlockedConvRecords& records,
                              std::size_t first, Tensor dy, Tensor row) const {
  const std::int64_t n = dy.size(0);
  const Tensor middle = layers_.make(n, outputsOf(at.a), gridOf(dy));
  pullConv(at.b, records[first + 1], dy, middle, row);
  const Tensor dx =
      areVolumes(records[first].input) ? Tensor() : layers_.make(n, inputsOf(at.a), gridOf(dy));
  pullConv(at.a, records[first], middle, dx, row);
  return dx;
}

std::vector<Tensor> BlockedUnet::pullDecoder(const UnetDecoder& decoder,
                                             const BlockedDecoderRecord& record, const Tensor& c,
                                             Tensor row) const {
  const UnetHead& head = decoder.head;
  Tensor d = torch::empty(record.top.sizes(), record.top.options());
  layers_.pullProject(record.top, c, net_.parameter(head.weight).flatten(1), d,
                      place(row, head.weight));
  addTo(place(row, head.bias), c.flatten(2).sum(2));
  std::vector<Tensor> gradients(kLevels + 1);
  for (std::size_t i = kLevels; i-- > 0;) {
    const std::size_t level = kLevels - 1 - i;
    const Tensor wide = pullBlock(decoder.up[i], record.convs, 2 * i, d, row);
    const std::int64_t skip = decoder.skips[level] / layers_.lanes();
    const Tensor below = wide.narrow(1, skip, wide.size(1) - skip);
    gradients[level] = wide.narrow(1, 0, skip);
    d = layers_.make(c.size(0), below.size(1) * layers_.lanes(), gridOf(below).half());
    layers_.upsampleGradient(below, d);
  }
  gradients.back() = d;
  return gradients;
}

void BlockedUnet::pullEncoder(const std::vector<UnetBlock>& encoder,
                              const BlockedEncoderRecord& record,
                              const std::vector<Tensor>& gradients, Tensor row) const {
  for (std::size_t level = encoder.size(); level-- > 1;) {
    const Tensor pooled = pullBlock(encoder[level], record.convs, 2 * level, gradients[level], row);
    layers_.addMaxPoolGradient(record.outputs[level - 1], pooled, gradients[level - 1]);
  }
  pullBlock(encoder[0], record.convs, 0, gradients[0], row);
}

}  // namespace modascope
