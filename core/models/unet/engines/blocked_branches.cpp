#include "core/models/unet/engines/blocked_branches.h"

#include <ATen/ATen.h>

#include "core/models/unet/engines/blocked_unet.h"

namespace modascope {
namespace {

using torch::Tensor;

struct BranchRecord {
  BlockedEncoderRecord encoder;
  BlockedDecoderRecord decoder;
};

/// A modality's network on the blocked layers, its blocks as `prepare` knows them.
struct Branch {
  std::vector<UnetBlock> encoder;
  UnetDecoder decoder;

  Branch(const DsUnet3d& net, ModalityId m) : encoder(net.encoder(m)), decoder(net.decoder(m)) {}

  void prepare(BlockedUnet& unet) const {
    unet.prepare(encoder);
    unet.prepare(decoder);
  }

  /// x [N, 1, D, H, W] → y [N, K, D, H, W].
  void run(const BlockedUnet& unet, const Tensor& x, Tensor y, BranchRecord* record) const {
    const BlockedSkips skips = unet.roomFor(decoder, x.size(0), {x.size(2), x.size(3), x.size(4)});
    unet.encode(encoder, x, skips.features, record == nullptr ? nullptr : &record->encoder);
    unet.decode(decoder, skips, y, record == nullptr ? nullptr : &record->decoder);
  }

  void pullBack(const BlockedUnet& unet, const BranchRecord& record, const Tensor& c,
                Tensor row) const {
    unet.pullEncoder(encoder, record.encoder, unet.pullDecoder(decoder, record.decoder, c, row),
                     row);
  }
};

BlockedUnet layersOf(const DsUnet3d& net, BackwardPass backward) {
  return {net, net.decoder().skips.front(), net.precision(), backward};
}

/// [N, branches, K, D, H, W] for x [N, …, D, H, W].
Tensor emptyLogits(const DsUnet3d& net, const Tensor& x, std::size_t branches) {
  auto sizes = x.sizes().vec();
  sizes[1] = static_cast<std::int64_t>(branches);
  sizes.insert(sizes.begin() + 2, net.layout()[net.decoder().head.bias].size);
  return torch::empty(sizes, x.options());
}

class BlockedBranchTape : public BranchTape {
 public:
  BlockedBranchTape(const DsUnet3d& net, const Tensor& x, const std::vector<ModalityId>& which)
      : parameters_(net.layout().total()),
        unet_(layersOf(net, BackwardPass::Kept)),
        records_(which.size()),
        logits_(emptyLogits(net, x, which.size())) {
    const Tensor in = x.contiguous();
    for (std::size_t b = 0; b < which.size(); ++b) {
      branches_.emplace_back(net, which[b]);
      branches_[b].prepare(unet_);
      branches_[b].run(unet_, in.narrow(1, static_cast<std::int64_t>(which[b].index()), 1),
                       logits_.select(1, static_cast<std::int64_t>(b)), &records_[b]);
    }
  }

  const Tensor& logits() const override { return logits_; }

  Tensor pullBackRows(const Tensor& cotangents) const override {
    const Tensor c = cotangents.contiguous();
    const std::int64_t r = c.size(2);
    const Tensor rows = torch::zeros({c.size(1) * r, parameters_}, torch::kFloat32);
    for (std::int64_t row = 0; row < rows.size(0); ++row)
      pullBack(row / r, c.select(1, row / r).select(1, row % r), rows[row]);
    return rows;
  }

  Tensor pullBackSum(const Tensor& cotangents) const override {
    const Tensor c = cotangents.contiguous();
    const Tensor sum = torch::zeros({parameters_}, torch::kFloat32);
    for (std::int64_t b = 0; b < c.size(1); ++b) pullBack(b, c.select(1, b), sum);
    return sum;
  }

 private:
  /// Zeros send nothing back, even where the branch's own numbers are not finite.
  void pullBack(std::int64_t branch, const Tensor& c, Tensor row) const {
    const auto at = static_cast<std::size_t>(branch);
    if (c.any().item<bool>()) branches_[at].pullBack(unet_, records_[at], c, row);
  }

  std::int64_t parameters_;
  BlockedUnet unet_;
  std::vector<Branch> branches_;
  std::vector<BranchRecord> records_;  ///< of each branch
  Tensor logits_;
};

}  // namespace

Tensor runBlocked(const DsUnet3d& net, const Tensor& x, const std::vector<ModalityId>& which) {
  BlockedUnet unet = layersOf(net, BackwardPass::None);
  const Tensor in = x.contiguous(), f = emptyLogits(net, x, which.size());
  for (std::size_t i = 0; i < which.size(); ++i) {
    const Branch branch(net, which[i]);
    branch.prepare(unet);
    const auto at = static_cast<std::int64_t>(i);
    branch.run(unet, in.narrow(1, at, 1), f.select(1, at), nullptr);
  }
  return f;
}

std::unique_ptr<BranchTape> recordBlocked(const DsUnet3d& net, const Tensor& x,
                                          const std::vector<ModalityId>& which) {
  return std::make_unique<BlockedBranchTape>(net, x, which);
}

}  // namespace modascope
