#pragma once

#include <string>
#include <vector>

#include <torch/types.h>

#include "core/events/events.h"
#include "core/models/parameter_parts.h"

namespace modascope {

/// The pieces that the 3D U-Nets here are made of (METHOD section 3): convolution 3×3×3 with bias,
/// group normalisation of eight groups with affine, ReLU; twice that is a block. Here they run on
/// the tensor library's layers, x [N, C, D, H, W]; affines in `values` may also be [N, C], each
/// sample's own.

inline constexpr int kUnetLevels = 4;
inline constexpr std::int64_t kUnetGroups = 8;

/// 32w, 64w, 128w, 256w, 256w. Throws `Error` unless 32·width is a multiple of 8.
std::vector<std::int64_t> unetChannels(double width);

/// Block indices in a layout.
struct UnetConv {
  std::size_t weight = 0;
  std::size_t bias = 0;
  std::size_t gamma = 0;
  std::size_t beta = 0;
};
struct UnetBlock {
  UnetConv a;
  UnetConv b;
};
struct UnetHead {
  std::size_t weight = 0;
  std::size_t bias = 0;
};

UnetHead addUnetHead(ParameterLayout& layout, const std::string& name, std::int64_t in,
                     std::int64_t outputs, const PartOwner& owner = {});
torch::Tensor runUnetHead(const UnetHead& head, const ParameterValues& values,
                          const torch::Tensor& x);

/// Blocks on the way up, with the skip of each level beside what comes from below.
struct UnetDecoder {
  std::vector<UnetBlock> up;
  UnetHead head;
  /// Channels that arrive at each level, top first, the bottom last.
  std::vector<std::int64_t> skips;
};
/// `channels`: those of `unetChannels`.
UnetDecoder addUnetDecoder(ParameterLayout& layout, const std::string& prefix,
                           const std::vector<std::int64_t>& skips,
                           const std::vector<std::int64_t>& channels, std::int64_t outputs,
                           const PartOwner& owner = {});
/// The blocks [first, end) alone. h comes from the block below the first; `features`: what skips,
/// one tensor a level, top first.
torch::Tensor runUnetUp(const UnetDecoder& decoder, const ParameterValues& values,
                        const std::vector<torch::Tensor>& features, torch::Tensor h,
                        std::size_t first, std::size_t end);
/// All blocks and the head; the last of `features` is the bottom's.
torch::Tensor runUnetDecoder(const UnetDecoder& decoder, const ParameterValues& values,
                             const std::vector<torch::Tensor>& features);

/// Blocks on the way down; level i > 0 halves the resolution first. Returns every level's output.
std::vector<torch::Tensor> runUnetEncoder(const std::vector<UnetBlock>& levels,
                                          const ParameterValues& values, const torch::Tensor& x,
                                          bool poolFirst = false);
/// The first level has `in` channels coming in.
std::vector<UnetBlock> addUnetEncoder(ParameterLayout& layout, const std::string& prefix,
                                      std::int64_t in, const std::vector<std::int64_t>& channels,
                                      const PartOwner& owner = {});

/// Floating-point operations of the convolutions, over so many voxels at the top.
double convolutionWork(const ParameterLayout& layout, const std::vector<UnetBlock>& levels,
                       std::int64_t voxels);
double convolutionWork(const ParameterLayout& layout, const UnetDecoder& decoder,
                       std::int64_t voxels);

/// In words for `ModelDescription`, all parameters counted as shared: "in", "down 1", …
std::vector<BlockDescription> describeUnetEncoder(const ParameterLayout& layout,
                                                  const std::vector<UnetBlock>& levels,
                                                  int firstLevel = 0);
/// Parameters counted as shared become each modality's own.
std::vector<BlockDescription> ownedByEachModality(std::vector<BlockDescription> blocks);
/// "up 1", …, "head".
std::vector<BlockDescription> describeUnetDecoder(const ParameterLayout& layout,
                                                  const UnetDecoder& decoder);
void append(std::vector<BlockDescription>& blocks, std::vector<BlockDescription> more);

}  // namespace modascope
