#pragma once

#include <torch/types.h>

#include "core/models/unet/ds_unet3d.h"

namespace modascope::testing {

/// The same network written the slow, obvious way, one modality after the other, for autograd:
/// x [N, M, D, H, W], parameters [P] → f [N, M, K, D, H, W].
inline torch::Tensor plainUnet(const DsUnet3d& net, const torch::Tensor& parameters,
                               const torch::Tensor& x) {
  const auto at = [&](std::size_t block) {
    const ParameterBlock& b = net.layout()[block];
    return parameters.narrow(0, b.offset, b.size).view(b.shape);
  };
  const auto conv = [&](const UnetConv& c, const torch::Tensor& h, std::size_t m) {
    const auto z = torch::conv3d(h, at(c.weight), at(c.bias), 1, 1);
    return torch::relu(torch::group_norm(z, 8, at(c.gamma + m), at(c.beta + m)));
  };
  std::vector<torch::Tensor> branches;
  for (std::size_t m = 0; m < net.schema().size(); ++m) {
    const auto block = [&](const UnetBlock& b, const torch::Tensor& h) {
      return conv(b.b, conv(b.a, h, m), m);
    };
    std::vector<torch::Tensor> skips;
    for (const UnetBlock& level : net.encoder())
      skips.push_back(block(level, skips.empty() ? x.narrow(1, static_cast<std::int64_t>(m), 1)
                                                 : torch::max_pool3d(skips.back(), 2)));
    torch::Tensor h = skips.back();
    skips.pop_back();
    for (const UnetBlock& up : net.decoder().up) {
      h = torch::upsample_trilinear3d(
          h, torch::IntArrayRef{2 * h.size(2), 2 * h.size(3), 2 * h.size(4)}, true);
      h = block(up, torch::cat({skips.back(), h}, 1));
      skips.pop_back();
    }
    branches.push_back(
        torch::conv3d(h, at(net.decoder().head.weight), at(net.decoder().head.bias)));
  }
  return torch::stack(branches, 1);
}

}  // namespace modascope::testing
