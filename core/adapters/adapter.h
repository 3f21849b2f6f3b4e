#pragma once

#include <memory>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/adapters/adapted_layers.h"
#include "core/base/seed.h"
#include "core/models/parameter_layout.h"

namespace modascope {

/// A few learnt numbers δ [count] that turn the parameters θ [P] of a frozen network into others:
/// effective = adapt(θ, δ). What an adapter adds to a layer's output is thus always folded into the
/// layer: any network can be adapted, and prediction costs nothing more.
class Adapter {
 public:
  virtual ~Adapter() = default;

  /// δ's parts by name: "down.0.a.conv.scale".
  const ParameterLayout& layout() const { return layout_; }
  std::int64_t count() const { return layout_.total(); }
  /// The δ [count] with which the effective parameters are the frozen ones, bit for bit.
  virtual torch::Tensor start() const;

  /// [P]. Without gradient.
  torch::Tensor effective(const torch::Tensor& frozen, const torch::Tensor& delta) const;
  /// Writes what δ changes into `parameters` [P], which are the frozen ones or another δ's.
  void apply(const torch::Tensor& frozen, const torch::Tensor& delta,
             torch::Tensor parameters) const;
  /// ∂L/∂effective [P] → ∂L/∂δ [count].
  torch::Tensor pullBack(const torch::Tensor& frozen, const torch::Tensor& delta,
                         const torch::Tensor& gradient) const;
  /// ∂L/∂effective [P] → ∂L/∂θ [P].
  torch::Tensor pullBackToFrozen(const torch::Tensor& frozen, const torch::Tensor& delta,
                                 const torch::Tensor& gradient) const;

 protected:
  /// The effective values of a block of θ, in its own shape.
  struct Change {
    ParameterBlock place;
    torch::Tensor value;
  };
  /// Every block of θ that δ has a say in, once. Autograd can follow it to θ and δ.
  virtual std::vector<Change> changes(const torch::Tensor& frozen,
                                      const torch::Tensor& delta) const = 0;

  /// A block's view of the flat vector.
  static torch::Tensor partOf(const torch::Tensor& flat, const ParameterBlock& block);
  torch::Tensor part(const torch::Tensor& delta, std::size_t block) const {
    return partOf(delta, layout_[block]);
  }

  ParameterLayout layout_;
};

/// How a network is adapted.
struct AdapterMethod {
  std::string kind = "ssf";    ///< of `adapterKinds()`
  std::int64_t rank = 1;       ///< r of "lora"
  double alpha = 1;            ///< α of "lora"
  Seed seed = {};              ///< of "lora", whose A starts at random
  torch::Tensor initial = {};  ///< [P], that "dedicated" starts from; only needed for learning
};

/// Throws `Error` when there is no such kind or a number does not fit.
std::unique_ptr<Adapter> makeAdapter(const AdapterMethod& method,
                                     const std::vector<AdaptedLayer>& layers);
/// For a subset of the modalities of a network with this layout.
std::unique_ptr<Adapter> makeAdapter(const AdapterMethod& method, const ParameterLayout& network,
                                     ModalitySet set);
/// Throws `Error` naming those that there are.
void requireAdapterKind(const std::string& kind);

}  // namespace modascope
