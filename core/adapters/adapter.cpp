#include "core/adapters/adapter.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/adapters/bitfit.h"
#include "core/adapters/dedicated.h"
#include "core/adapters/lora.h"
#include "core/adapters/norm_only.h"
#include "core/adapters/ssf.h"
#include "core/base/error.h"
#include "core/networks/adapter_facts.h"

namespace modascope {

namespace {

using Layers = std::vector<AdaptedLayer>;

/// An adapter of layers by its name.
struct Maker {
  std::string_view name;
  std::unique_ptr<Adapter> (*make)(const AdapterMethod&, const Layers&);
};

template <typename Kind>
std::unique_ptr<Adapter> makeKind(const AdapterMethod&, const Layers& layers) {
  return std::make_unique<Kind>(layers);
}

std::unique_ptr<Adapter> makeLora(const AdapterMethod& method, const Layers& layers) {
  return std::make_unique<Lora>(layers, method.rank, method.alpha, method.seed);
}

constexpr Maker kMakers[] = {{"ssf", makeKind<Ssf>},
                             {"bitfit", makeKind<BitFit>},
                             {"lora", makeLora},
                             {"norm", makeKind<NormOnly>}};

}  // namespace

using torch::Tensor;

Tensor Adapter::start() const {
  return torch::zeros({count()});
}

Tensor Adapter::partOf(const Tensor& flat, const ParameterBlock& block) {
  return flat.narrow(0, block.offset, block.size).view(block.shape);
}

void Adapter::apply(const Tensor& frozen, const Tensor& delta, Tensor parameters) const {
  const torch::NoGradGuard noGrad;
  for (const Change& change : changes(frozen, delta))
    partOf(parameters, change.place).copy_(change.value);
}

Tensor Adapter::effective(const Tensor& frozen, const Tensor& delta) const {
  Tensor parameters = frozen.clone();
  apply(frozen, delta, parameters);
  return parameters;
}

Tensor Adapter::pullBack(const Tensor& frozen, const Tensor& delta, const Tensor& gradient) const {
  if (count() == 0) return torch::zeros_like(delta);
  const torch::AutoGradMode grad(true);
  const Tensor leaf = delta.detach().clone().requires_grad_(true);
  std::vector<Tensor> values, given;
  for (const Change& change : changes(frozen, leaf)) {
    values.push_back(change.value);
    given.push_back(partOf(gradient, change.place));
  }
  return torch::autograd::grad(values, {leaf}, given).front();
}

Tensor Adapter::pullBackToFrozen(const Tensor& frozen, const Tensor& delta,
                                 const Tensor& gradient) const {
  if (count() == 0) return gradient;
  const torch::AutoGradMode grad(true);
  const Tensor leaf = frozen.detach().clone().requires_grad_(true);
  Tensor unchanged = gradient.clone();
  std::vector<Tensor> values, given;
  for (const Change& change : changes(leaf, delta)) {
    values.push_back(change.value);
    given.push_back(partOf(gradient, change.place));
    partOf(unchanged, change.place).zero_();
  }
  return unchanged.add_(torch::autograd::grad(values, {leaf}, given).front());
}

std::unique_ptr<Adapter> makeAdapter(const AdapterMethod& method,
                                     const std::vector<AdaptedLayer>& layers) {
  requireAdapterKind(method.kind);
  for (const Maker& maker : kMakers)
    if (maker.name == method.kind) return maker.make(method, layers);
  throw Error("The adapter " + inQuotes(method.kind) + " is not one of layers.");
}

std::unique_ptr<Adapter> makeAdapter(const AdapterMethod& method, const ParameterLayout& network,
                                     ModalitySet set) {
  if (adapterNamed(method.kind).isNetwork)
    return std::make_unique<Dedicated>(network, method.initial);
  return makeAdapter(method, adaptedLayers(network, set));
}

void requireAdapterKind(const std::string& kind) {
  adapterNamed(kind);
}

}  // namespace modascope
