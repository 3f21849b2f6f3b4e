#pragma once

#include <memory>
#include <optional>
#include <string>

#include <torch/types.h>

#include "core/adapters/adapter_set.h"
#include "core/models/autograd_model.h"
#include "core/problem/brats.h"

namespace modascope::testing {

/// γ and β after each of the toy's layers, spelt out.
struct ScaleAndShift {
  torch::Tensor scale;
  torch::Tensor shift;
};

/// Convolution, normalisation, ReLU and a linear layer over the channels, then a head: every kind
/// of layer that an adapter follows, once.
class ToyNetwork : public AutogradModel {
 public:
  static constexpr std::int64_t kChannels = 6;
  static constexpr std::int64_t kGroups = 2;

  explicit ToyNetwork(std::uint64_t seed = 1)
      : AutogradModel(bratsModalities(), {"wt", "tc", "et"}) {
    layout_.add("in.conv.weight", {kChannels, 4, 3, 3, 3});
    layout_.add("in.conv.bias", {kChannels});
    layout_.add("mix.linear.weight", {kChannels, kChannels});
    layout_.add("mix.linear.bias", {kChannels});
    layout_.add("head.weight", {3, kChannels});
    layout_.add("head.bias", {3});
    layout_.add("in.norm.weight", {kChannels});
    layout_.add("in.norm.bias", {kChannels});
    start(Seed{seed}, torch::kCPU);
    auto rng = Seed{seed}.stream("affines");
    fillUniform(parameter(6), 2, rng);
    fillUniform(parameter(7), 1, rng);
  }

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<ToyNetwork>(*this);
  }
  ModelDescription describe() const override { return {"toy", schema_, outputs_, {}, false}; }
  std::int64_t granularity() const override { return 1; }

  /// f [N, 3, D, H, W] with h ← γ ⊙ h + β after convolution, normalisation and linear layer.
  torch::Tensor scaledLogits(const torch::Tensor& x, ModalitySet set, const ScaleAndShift& conv,
                             const ScaleAndShift& norm, const ScaleAndShift& linear) const {
    const auto scaled = [](const torch::Tensor& h, const ScaleAndShift& by) {
      const std::vector<std::int64_t> shape{1, -1, 1, 1, 1};
      return h * by.scale.view(shape) + by.shift.view(shape);
    };
    const auto v = values();
    auto h = scaled(torch::conv3d(onlyOf(x, set), v[0], v[1], 1, 1), conv);
    h = torch::relu(scaled(torch::group_norm(h, kGroups, v[6], v[7]), norm));
    return throughChannels(scaled(throughChannels(h, v[2], v[3]), linear), v[4], v[5]);
  }

 protected:
  std::vector<torch::Tensor> run(const ParameterValues& v, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override {
    std::vector<torch::Tensor> outputs;
    for (const ModalitySet set : subsets) {
      const auto z = torch::conv3d(onlyOf(x, set), v[0], v[1], 1, 1);
      const auto h = torch::relu(torch::group_norm(z, kGroups, v[6], v[7]));
      outputs.push_back(throughChannels(throughChannels(h, v[2], v[3]), v[4], v[5]));
    }
    return outputs;
  }

 private:
  static torch::Tensor onlyOf(const torch::Tensor& x, ModalitySet set) {
    auto kept = torch::zeros_like(x);
    for (const ModalityId id : set.ids()) {
      const auto m = static_cast<std::int64_t>(id.index());
      kept.select(1, m).copy_(x.select(1, m));
    }
    return kept;
  }
  static torch::Tensor throughChannels(const torch::Tensor& h, const torch::Tensor& weight,
                                       const torch::Tensor& bias) {
    return torch::linear(h.movedim(1, -1), weight, bias).movedim(-1, 1);
  }
};

/// Away from the start, so that every part of δ shows.
inline torch::Tensor someDelta(const Adapter& adapter, double size = 0.2) {
  return adapter.start() + size * torch::randn({adapter.count()});
}

}  // namespace modascope::testing
