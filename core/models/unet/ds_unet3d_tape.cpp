#include "core/models/unet/ds_unet3d_tape.h"

#include <ATen/ATen.h>

#include "core/models/unet/engines/blocked_branches.h"
#include "core/models/unet/engines/conv3d.h"
#include "core/models/unet/engines/resize3d.h"

namespace modascope {
namespace {

using torch::Tensor;

/// [a, b, …] → [a·b, …] and back, on the same memory.
Tensor stacked(const Tensor& t) {
  return t.flatten(0, 1);
}
Tensor unstacked(const Tensor& t, const Tensor& like) {
  return t.unflatten(0, {like.size(0), like.size(1)});
}

/// Runs the layers forward for some modalities.
class Forward {
 public:
  Forward(const DsUnet3d& net, const std::vector<ModalityId>& which, UnetRecord* record)
      : net_(net), record_(record), which_(indicesOf(which, net.parameters().device())) {}

  Tensor block(const UnetBlock& block, const Tensor& x) const {
    return conv(block.b, conv(block.a, x));
  }

  Tensor head(const Tensor& x) const {
    return unstacked(at::conv3d(stacked(x), net_.parameter(net_.decoder().head.weight),
                                net_.parameter(net_.decoder().head.bias)),
                     x);
  }

 private:
  Tensor conv(const UnetConv& layer, const Tensor& x) const {
    const Tensor z =
        unstacked(conv3d(stacked(x), net_.parameter(layer.weight), net_.parameter(layer.bias)), x);
    NormRelu out = normRelu(z, affine(layer.gamma), affine(layer.beta), kUnetGroups);
    if (record_ != nullptr) record_->convs.push_back({x, z, out.statistics});
    return out.y;
  }

  Tensor affine(std::size_t block) const { return net_.affine(block).index_select(0, which_); }

  const DsUnet3d& net_;
  UnetRecord* record_;
  Tensor which_;
};

/// Where gradients go: a row for each (modality, cotangent) pair, or one sum of them all.
class Gradients {
 public:
  Gradients(const DsUnet3d& net, const std::vector<ModalityId>& which, std::int64_t cotangents,
            bool summed)
      : net_(net),
        which_(which),
        cotangents_(cotangents),
        summed_(summed),
        rows_(torch::zeros({summed ? 1 : branches() * cotangents, net.layout().total()},
                           net.parameters().options())) {}

  /// x [N, M, I, …], dz [N, M, R, O, …].
  void weight(std::size_t block, const Tensor& x, const Tensor& dz) {
    at(block).copy_(summed_ ? conv3dWeightSum(stacked(x), dz.flatten(0, 2)).unsqueeze(0)
                            : conv3dWeightRows(x, dz));
  }
  /// values [M, R, C] of a parameter that all modalities share.
  void shared(std::size_t block, const Tensor& values) {
    at(block).copy_(summed_ ? values.sum(at::IntArrayRef{0, 1}).unsqueeze(0)
                            : values.flatten(0, 1));
  }
  /// values [M, R, C]: what is modality m's goes to its own block.
  void own(std::size_t firstBlock, const Tensor& values) {
    for (std::int64_t b = 0; b < branches(); ++b) {
      Tensor place = at(firstBlock + which_[static_cast<std::size_t>(b)].index());
      if (summed_)
        place.copy_(values[b].sum(0).unsqueeze(0));
      else
        place.narrow(0, b * cotangents_, cotangents_).copy_(values[b]);
    }
  }
  Tensor rows() const { return rows_; }
  const std::vector<ModalityId>& which() const { return which_; }

 private:
  std::int64_t branches() const { return static_cast<std::int64_t>(which_.size()); }

  Tensor at(std::size_t block) {
    const ParameterBlock& place = net_.layout()[block];
    return rows_.narrow(1, place.offset, place.size);
  }

  const DsUnet3d& net_;
  const std::vector<ModalityId>& which_;
  std::int64_t cotangents_;
  bool summed_;
  Tensor rows_;
};

/// Runs the layers backward. All cotangents are [N, M, R, C, D, H, W].
class Backward {
 public:
  Backward(const DsUnet3d& net, const UnetRecord& record, Gradients& gradients)
      : net_(net),
        record_(record),
        next_(record.convs.size()),
        gradients_(gradients),
        which_(indicesOf(gradients.which(), net.parameters().device())) {}

  void run(const Tensor& cotangents) {
    Tensor d = head(cotangents);
    std::vector<Tensor> skipGradients;
    for (int i = kUnetLevels - 1; i >= 0; --i) {
      const Tensor wide = block(net_.decoder().up[i], d, true);
      const std::int64_t half = wide.size(3) / 2;
      skipGradients.push_back(wide.narrow(3, 0, half));
      d = unpaired(upsampleGradient(paired(wide.narrow(3, half, half))), wide);
    }
    for (int i = kUnetLevels - 1; i >= 0; --i) {
      const Tensor small = block(net_.encoder()[i + 1], d, true);
      const Tensor& skip = skipGradients[static_cast<std::size_t>(i)];
      addMaxPoolGradient(paired(skip), paired(small),
                         stacked(record_.skips[static_cast<std::size_t>(i)]));
      d = skip.contiguous();
    }
    block(net_.encoder()[0], d, false);
  }

 private:
  /// [N, M, R, …] → [N·M·R, …] without a copy, also of a slice of channels.
  static Tensor paired(const Tensor& t) {
    const auto sizes = t.sizes();
    const std::int64_t pairs = sizes[0] * sizes[1] * sizes[2];
    return t.as_strided({pairs, sizes[3], sizes[4], sizes[5], sizes[6]},
                        {t.stride(2), t.stride(3), t.stride(4), t.stride(5), t.stride(6)});
  }
  static Tensor unpaired(const Tensor& t, const Tensor& like) {
    return t.unflatten(0, {like.size(0), like.size(1), like.size(2)});
  }

  Tensor head(const Tensor& cotangents) {
    const auto c = cotangents.flatten(4);                                        // [N, M, R, K, V]
    const auto y = record_.features.flatten(3);                                  // [N, M, C, V]
    const auto weight = net_.parameter(net_.decoder().head.weight).flatten(1);   // [K, C]
    const auto perPair = at::matmul(c.flatten(2, 3), y.transpose(2, 3)).sum(0);  // [M, R·K, C]
    gradients_.shared(net_.decoder().head.weight, perPair.view({c.size(1), c.size(2), -1}));
    gradients_.shared(net_.decoder().head.bias, c.sum(at::IntArrayRef{0, 4}));
    auto sizes = cotangents.sizes().vec();
    sizes[3] = weight.size(1);
    return at::matmul(weight.t(), c).view(sizes);
  }

  Tensor block(const UnetBlock& block, const Tensor& d, bool wantInput) {
    return conv(block.a, conv(block.b, d, true), wantInput);
  }

  Tensor conv(const UnetConv& layer, Tensor d, bool wantInput) {
    const ConvRecord& record = record_.convs[--next_];
    const auto affine = normReluBackward(d, record.z, record.statistics, affineOf(layer.gamma),
                                         affineOf(layer.beta));
    gradients_.own(layer.gamma, affine.gamma);
    gradients_.own(layer.beta, affine.beta);
    gradients_.shared(layer.bias, affine.bias);
    gradients_.weight(layer.weight, record.input, d);
    if (!wantInput) return {};
    return unpaired(conv3dInputGradient(d.flatten(0, 2), net_.parameter(layer.weight)), d);
  }

  Tensor affineOf(std::size_t block) const { return net_.affine(block).index_select(0, which_); }

  const DsUnet3d& net_;
  const UnetRecord& record_;
  std::size_t next_;
  Gradients& gradients_;
  Tensor which_;
};

/// With a record, everything that the backward pass needs is kept in it.
Tensor runLayers(const DsUnet3d& net, const Tensor& x, const std::vector<ModalityId>& which,
                 UnetRecord* record) {
  const Forward forward(net, which, record);
  std::vector<Tensor> skips;
  for (const UnetBlock& level : net.encoder())
    skips.push_back(forward.block(
        level, skips.empty() ? x.unsqueeze(2) : unstacked(maxPool(stacked(skips.back())), x)));
  Tensor h = skips.back();
  skips.pop_back();
  if (record != nullptr) record->skips = skips;
  for (const UnetBlock& up : net.decoder().up) {
    h = forward.block(up, at::cat({skips.back(), unstacked(upsample(stacked(h)), x)}, 2));
    skips.pop_back();
  }
  if (record != nullptr) record->features = h;
  return forward.head(h);
}

}  // namespace

Tensor runUnet(const DsUnet3d& net, const Tensor& x, const std::vector<ModalityId>& which) {
  return x.is_cpu() ? runBlocked(net, x, which) : runLayers(net, x, which, nullptr);
}

std::unique_ptr<BranchTape> recordUnet(const DsUnet3d& net, const Tensor& x,
                                       const std::vector<ModalityId>& which) {
  if (x.is_cpu()) return recordBlocked(net, x, which);
  return std::make_unique<DsUnet3dTape>(net, x, which);
}

DsUnet3dTape::DsUnet3dTape(const DsUnet3d& net, const Tensor& x, std::vector<ModalityId> which)
    : net_(net),
      which_(std::move(which)),
      logits_(runLayers(net, x.index_select(1, indicesOf(which_, x.device())), which_, &record_)) {}

Tensor DsUnet3dTape::pullBackRows(const Tensor& cotangents) const {
  Gradients gradients(net_, which_, cotangents.size(2), false);
  Backward(net_, record_, gradients).run(cotangents);
  return gradients.rows();
}

Tensor DsUnet3dTape::pullBackSum(const Tensor& cotangents) const {
  Gradients gradients(net_, which_, 1, true);
  Backward(net_, record_, gradients).run(cotangents.unsqueeze(2));
  return gradients.rows()[0];
}

}  // namespace modascope
