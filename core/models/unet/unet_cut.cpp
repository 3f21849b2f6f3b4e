#include "core/models/unet/unet_cut.h"

#include <algorithm>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;
using Features = std::vector<Tensor>;

std::vector<UnetBlock> firstOf(const std::vector<UnetBlock>& levels, std::size_t count) {
  return {levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(count)};
}

/// All levels from those that are there: the last of them is where it goes on.
Features completed(const std::vector<UnetBlock>& levels, const ParameterValues& values,
                   Features features) {
  const std::vector<UnetBlock> deeper(levels.begin() + static_cast<std::ptrdiff_t>(features.size()),
                                      levels.end());
  const Features more = runUnetEncoder(deeper, values, features.back(), true);
  features.insert(features.end(), more.begin(), more.end());
  return features;
}

Tensor meanOfBranches(const BranchedUnet& net, const Features& features, const Tensor& h,
                      std::size_t firstBlock) {
  const Tensor top =
      runUnetUp(net.decoder, net.values, features, h, firstBlock, net.decoder.up.size());
  return runUnetHead(net.decoder.head, net.values, top).mean(at::IntArrayRef{0}, true);
}

}  // namespace

std::vector<OwnLayer> layersOfKinds(const ModelDescription& model,
                                    const std::vector<std::string>& kinds) {
  std::vector<OwnLayer> layers;
  for (const BlockDescription& block : model.blocks)
    if (std::find(kinds.begin(), kinds.end(), block.kind) != kinds.end())
      layers.push_back({block.name, block.level});
  return layers;
}

LayerCut cutBranchedUnet(BranchedUnet net, std::size_t layer, const Tensor& x) {
  const std::size_t levels = net.encoder.size();
  Features features =
      runUnetEncoder(firstOf(net.encoder, std::min(layer + 1, levels)), net.values, x);
  if (layer < levels) {
    const Tensor a = features.back();
    return {a, [net = std::move(net), features](const Tensor& activations) {
              Features all = features;
              all.back() = activations;
              all = completed(net.encoder, net.values, std::move(all));
              return meanOfBranches(net, all, all.back(), 0);
            }};
  }
  const std::size_t done = layer + 1 - levels;  // blocks of the decoder
  const Tensor a = runUnetUp(net.decoder, net.values, features, features.back(), 0, done);
  return {a,
          [net = std::move(net), features = std::move(features), done](const Tensor& activations) {
            return meanOfBranches(net, features, activations, done);
          }};
}

LayerCut cutFusedUnet(FusedUnet net, std::size_t layer, const std::vector<Tensor>& inputs) {
  std::vector<Features> features;
  std::vector<Tensor> own;
  for (std::size_t m = 0; m < inputs.size(); ++m) {
    features.push_back(runUnetEncoder(firstOf(net.encoders[m], layer + 1), net.values, inputs[m]));
    own.push_back(features.back().back());
  }
  return {at::cat(own), [net = std::move(net), features](const Tensor& activations) {
            std::vector<Features> all = features;
            for (std::size_t m = 0; m < all.size(); ++m) {
              all[m].back() = activations.narrow(0, static_cast<std::int64_t>(m), 1);
              all[m] = completed(net.encoders[m], net.values, std::move(all[m]));
            }
            return runUnetDecoder(net.decoder, net.values, fusedFeatures(all, net.fusion));
          }};
}

}  // namespace modascope
