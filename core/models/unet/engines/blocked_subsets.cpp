#include "core/models/unet/engines/blocked_subsets.h"

#include <ATen/ATen.h>

#include "core/models/blocked/blocked_parallel.h"
#include "core/models/unet/engines/blocked_fusion.h"
#include "core/models/unet/engines/blocked_unet.h"

namespace modascope {
namespace {

using torch::Tensor;

/// Channels of the first level; those of all others are multiples.
std::int64_t channelsOf(const PlannedUnet3d& net) {
  return net.layout()[net.plan().encoders.front().front().a.weight].shape[0];
}

/// An encoder that ran, with what its backward pass needs.
struct Encoded {
  EncoderRun run;
  std::vector<Tensor> outputs;  ///< of each level, top first
  BlockedEncoderRecord record;
};

/// A subset that ran.
struct Decoded {
  std::size_t decoder = 0;
  std::vector<std::size_t> encoded;  ///< of whose features
  std::vector<Tensor> features;      ///< what they became
  BlockedDecoderRecord record;
  Tensor output;
};

/// What comes back to an encoder that ran, at every level; none as long as nothing has.
using Returned = std::vector<Tensor>;

class SubsetRuns {
 public:
  SubsetRuns(const PlannedUnet3d& net, const Tensor& x, BackwardPass backward)
      : net_(net),
        x_(x.contiguous()),
        keeps_(backward == BackwardPass::Kept),
        unet_(net, channelsOf(net), Precision::Float32, backward) {}

  Decoded run(ModalitySet set) {
    const SubsetRun run = net_.runFor(set);
    const UnetDecoder& decoder = net_.plan().decoders[run.decoder];
    unet_.prepare(decoder);
    const BlockedSkips skips = unet_.roomFor(decoder, x_.size(0), gridOf(x_));
    Decoded decoded{run.decoder, encode(run, skips.features), skips.features, {}, {}};
    decoded.output = torch::empty(outputSizes(decoder), x_.options());
    unet_.decode(decoder, skips, decoded.output, keeps_ ? &decoded.record : nullptr);
    return decoded;
  }

  /// Through the decoder, and through the encoder if its features are no other subset's; otherwise
  /// what comes back to encoders is added to `returned`, one an encoder.
  void pullBack(const Decoded& decoded, const Tensor& c, std::vector<Returned>& returned,
                Tensor row) const {
    const UnetDecoder& decoder = net_.plan().decoders[decoded.decoder];
    const auto gradients = unet_.pullDecoder(decoder, decoded.record, c.contiguous(), row);
    if (net_.plan().fusion == FeatureFusion::None)
      return pullEncoder(decoded.encoded.front(), gradients, row);
    for (const std::size_t e : decoded.encoded)
      if (returned[e].empty())
        for (const Tensor& output : encoded_[e].outputs)
          returned[e].push_back(torch::zeros_like(output));
    for (std::size_t level = 0; level < gradients.size(); ++level)
      pullBlockedFusion(featuresAt(decoded, level), net_.plan().fusion, decoded.features[level],
                        gradients[level], at(returned, decoded, level));
  }

  void pullEncoder(std::size_t e, const Returned& returned, Tensor row) const {
    unet_.pullEncoder(net_.plan().encoders[encoded_[e].run.encoder], encoded_[e].record, returned,
                      row);
  }

  std::size_t encoders() const { return encoded_.size(); }

 private:
  std::vector<std::int64_t> outputSizes(const UnetDecoder& decoder) const {
    auto sizes = x_.sizes().vec();
    sizes[1] = net_.layout()[decoder.head.bias].size;
    return sizes;
  }

  /// Runs what has not run yet and writes the features where the decoder reads them.
  std::vector<std::size_t> encode(const SubsetRun& run, const std::vector<Tensor>& features) {
    if (net_.plan().fusion == FeatureFusion::None) return {encode(run.encoders.front(), features)};
    std::vector<std::size_t> encoded;
    for (const EncoderRun& encoder : run.encoders) encoded.push_back(encodeOnce(encoder));
    for (std::size_t level = 0; level < features.size(); ++level) {
      std::vector<Tensor> available;
      for (const std::size_t e : encoded) available.push_back(encoded_[e].outputs[level]);
      fuseBlocked(available, net_.plan().fusion, features[level]);
    }
    return encoded;
  }

  std::size_t encodeOnce(const EncoderRun& run) {
    for (std::size_t e = 0; e < encoded_.size(); ++e)
      if (encoded_[e].run == run) return e;
    const auto& encoder = net_.plan().encoders[run.encoder];
    return encode(run, unet_.roomFor(encoder, x_.size(0), gridOf(x_)));
  }

  std::size_t encode(const EncoderRun& run, const std::vector<Tensor>& outputs) {
    const auto& encoder = net_.plan().encoders[run.encoder];
    unet_.prepare(encoder);
    encoded_.push_back({run, outputs, {}});
    unet_.encode(encoder, net_.plan().inputOf(run, net_.layout(), x_), outputs,
                 keeps_ ? &encoded_.back().record : nullptr);
    return encoded_.size() - 1;
  }

  std::vector<Tensor> featuresAt(const Decoded& decoded, std::size_t level) const {
    std::vector<Tensor> features;
    for (const std::size_t e : decoded.encoded) features.push_back(encoded_[e].outputs[level]);
    return features;
  }

  static std::vector<Tensor> at(const std::vector<Returned>& returned, const Decoded& decoded,
                                std::size_t level) {
    std::vector<Tensor> gradients;
    for (const std::size_t e : decoded.encoded) gradients.push_back(returned[e][level]);
    return gradients;
  }

  const PlannedUnet3d& net_;
  Tensor x_;
  bool keeps_;
  BlockedUnet unet_;
  std::vector<Encoded> encoded_;
};

class BlockedSubsetTape : public SubsetTape {
 public:
  BlockedSubsetTape(const PlannedUnet3d& net, const Tensor& x,
                    const std::vector<ModalitySet>& subsets)
      : parameters_(net.layout().total()), runs_(net, x, BackwardPass::Kept) {
    for (const ModalitySet set : subsets) {
      decoded_.push_back(runs_.run(set));
      outputs_.push_back(decoded_.back().output);
    }
  }

  const std::vector<Tensor>& outputs() const override { return outputs_; }

  Tensor pullBack(const std::vector<Tensor>& cotangents) const override {
    const Tensor row = torch::zeros({parameters_}, torch::kFloat32);
    std::vector<Returned> returned(runs_.encoders());
    for (std::size_t s = 0; s < decoded_.size(); ++s)
      if (cotangents[s].defined()) runs_.pullBack(decoded_[s], cotangents[s], returned, row);
    for (std::size_t e = 0; e < returned.size(); ++e)
      if (!returned[e].empty()) runs_.pullEncoder(e, returned[e], row);
    return row;
  }

 private:
  std::int64_t parameters_;
  SubsetRuns runs_;
  std::vector<Decoded> decoded_;
  std::vector<Tensor> outputs_;
};

}  // namespace

Tensor runBlocked(const PlannedUnet3d& net, const Tensor& x, ModalitySet set) {
  return SubsetRuns(net, x, BackwardPass::None).run(set).output;
}

std::unique_ptr<SubsetTape> recordBlocked(const PlannedUnet3d& net, const Tensor& x,
                                          const std::vector<ModalitySet>& subsets) {
  return std::make_unique<BlockedSubsetTape>(net, x, subsets);
}

}  // namespace modascope
