#pragma once

#include <unordered_map>
#include <vector>

#include "core/models/blocked/blocked_layers.h"
#include "core/models/model.h"
#include "core/models/unet/unet_parts.h"

namespace modascope {

/// What convolutions keep for the backward pass, in the order in which they ran.
struct BlockedConvRecord {
  torch::Tensor input;
  BlockedNorm norm;
};
using BlockedConvRecords = std::vector<BlockedConvRecord>;

struct BlockedEncoderRecord {
  BlockedConvRecords convs;
  std::vector<torch::Tensor> outputs;  ///< of each level, top first
};
struct BlockedDecoderRecord {
  BlockedConvRecords convs;
  torch::Tensor top;  ///< what the head sees
};

/// Where the features that a decoder reads are to be written, top first, the bottom last. Those of
/// upper levels are a part of what their block reads, so that nothing is copied.
struct BlockedSkips {
  std::vector<torch::Tensor> features;
  std::vector<torch::Tensor> wide;  ///< of all levels but the bottom: features, then what is below
};

/// Whether a backward pass is to follow.
enum class BackwardPass { None, Kept };

/// The pieces of `unet_parts` on the processor, on blocked activations, for one network's
/// parameters. Run one branch at a time: what passes between two layers then stays in the nearer
/// caches, and every cotangent is pulled back on its own without losing speed.
///
/// Gradients are added to a row [P]. What comes back is overwritten on the way.
class BlockedUnet {
 public:
  /// `channels` must divide those of all pieces but the first input's. The network must outlive it.
  BlockedUnet(const MultimodalModel& net, std::int64_t channels, Precision precision,
              BackwardPass backward);

  /// Takes the weights as they are now; to be called before a piece runs.
  void prepare(const std::vector<UnetBlock>& encoder);
  void prepare(const UnetDecoder& decoder);

  BlockedSkips roomFor(const UnetDecoder& decoder, std::int64_t samples, const Grid& grid) const;
  /// The same for what an encoder says, where decoders do not read it as it is.
  std::vector<torch::Tensor> roomFor(const std::vector<UnetBlock>& encoder, std::int64_t samples,
                                     const Grid& grid) const;

  /// x [N, I, D, H, W], samples may lie apart → every level's output.
  void encode(const std::vector<UnetBlock>& encoder, const torch::Tensor& x,
              const std::vector<torch::Tensor>& outputs, BlockedEncoderRecord* record) const;
  /// → y [N, K, D, H, W], samples and outputs may lie apart.
  void decode(const UnetDecoder& decoder, const BlockedSkips& skips, torch::Tensor y,
              BlockedDecoderRecord* record) const;

  /// c [N, K, D, H, W] → the gradient of what the decoder read, as `BlockedSkips::features`.
  std::vector<torch::Tensor> pullDecoder(const UnetDecoder& decoder,
                                         const BlockedDecoderRecord& record, const torch::Tensor& c,
                                         torch::Tensor row) const;
  /// `gradients` of every level's output.
  void pullEncoder(const std::vector<UnetBlock>& encoder, const BlockedEncoderRecord& record,
                   const std::vector<torch::Tensor>& gradients, torch::Tensor row) const;

 private:
  struct Weights {
    torch::Tensor forward;
    torch::Tensor backward;
  };

  void prepare(const UnetConv& conv, bool readsVolumes);
  std::int64_t inputsOf(const UnetConv& conv) const;
  std::int64_t outputsOf(const UnetConv& conv) const;
  float* place(torch::Tensor row, std::size_t block) const;

  void conv(const UnetConv& at, const torch::Tensor& x, torch::Tensor y,
            BlockedConvRecords* record) const;
  void block(const UnetBlock& at, const torch::Tensor& x, torch::Tensor y,
             BlockedConvRecords* record) const;
  void pullConv(const UnetConv& at, const BlockedConvRecord& record, torch::Tensor dy,
                torch::Tensor dx, torch::Tensor row) const;
  /// `first`: the block's first convolution in the records. Nothing comes back from volumes.
  torch::Tensor pullBlock(const UnetBlock& at, const BlockedConvRecords& records, std::size_t first,
                          torch::Tensor dy, torch::Tensor row) const;

  const MultimodalModel& net_;
  BlockedLayers layers_;
  BackwardPass backward_;
  std::unordered_map<std::size_t, Weights> weights_;  ///< by the block of the convolution's weight
};

}  // namespace modascope
