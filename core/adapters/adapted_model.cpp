#include "core/adapters/adapted_model.h"

#include <algorithm>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// One subset's own recording, and the way from its effective parameters to the frozen ones.
struct Part {
  std::shared_ptr<const MultimodalModel> network;
  std::unique_ptr<SubsetTape> tape;
  const LearntAdapter* learnt = nullptr;
};

class AdaptedTape : public SubsetTape {
 public:
  AdaptedTape(Tensor frozen, std::vector<Part> parts)
      : frozen_(std::move(frozen)), parts_(std::move(parts)) {
    for (const Part& part : parts_) outputs_.push_back(part.tape->outputs().front());
  }

  const std::vector<Tensor>& outputs() const override { return outputs_; }

  Tensor pullBack(const std::vector<Tensor>& cotangents) const override {
    Tensor sum = torch::zeros_like(frozen_);
    for (std::size_t s = 0; s < parts_.size(); ++s) {
      if (!cotangents[s].defined()) continue;
      const auto& [network, tape, learnt] = parts_[s];
      const Tensor g = tape->pullBack({cotangents[s]});
      sum.add_(learnt ? learnt->adapter->pullBackToFrozen(frozen_, learnt->delta, g) : g);
    }
    return sum;
  }

 private:
  Tensor frozen_;
  std::vector<Part> parts_;
  std::vector<Tensor> outputs_;
};

}  // namespace

std::unique_ptr<MultimodalModel> folded(const MultimodalModel& base, const LearntAdapter& learnt) {
  auto network = base.copy();
  learnt.adapter->apply(base.parameters(), learnt.delta, network->parameters());
  return network;
}

AdaptedModel::AdaptedModel(std::shared_ptr<const MultimodalModel> base, AdapterSet adapters)
    : base_(std::move(base)), adapters_(std::move(adapters)) {
  adapters_.requireBase(*base_);
  layout_ = base_->layout();
  parameters_ = base_->parameters();
}

std::shared_ptr<const MultimodalModel> AdaptedModel::networkFor(ModalitySet set) const {
  const LearntAdapter* learnt = adapters_.find(set);
  if (!learnt) return base_;
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [set](const Folded& entry) { return entry.first == set; });
  if (found != kept_.end())
    kept_.splice(kept_.begin(), kept_, found);
  else
    kept_.emplace_front(set, folded(*base_, *learnt));
  if (kept_.size() > kKept) kept_.pop_back();
  return kept_.front().second;
}

std::unique_ptr<MultimodalModel> AdaptedModel::copy() const {
  return std::make_unique<AdaptedModel>(base_->copy(), adapters_);
}

ModelDescription AdaptedModel::describe() const {
  ModelDescription model = base_->describe();
  model.kind += " + " + adapters_.method().kind;
  model.adapter = AdapterDescription{adapters_.method().kind, {}};
  for (const ModalitySet set : adapters_.subsets())
    model.adapter->parameters[set] = adapters_.learntCount(set);
  return model;
}

Tensor AdaptedModel::logits(const Tensor& x, ModalitySet set) const {
  return networkFor(set)->logits(x, set);
}

std::unique_ptr<SubsetTape> AdaptedModel::recordSubsets(
    const Tensor& x, const std::vector<ModalitySet>& subsets) const {
  std::vector<Part> parts;
  for (const ModalitySet set : subsets) {
    auto network = networkFor(set);
    auto tape = network->recordSubsets(x, {set});
    parts.push_back({std::move(network), std::move(tape), adapters_.find(set)});
  }
  return std::make_unique<AdaptedTape>(parameters_, std::move(parts));
}

LayerCut AdaptedModel::cutAt(std::size_t layer, const Tensor& x, ModalitySet set) const {
  const auto network = networkFor(set);
  LayerCut cut = network->cutAt(layer, x, set);
  return {cut.activations,
          [network, rest = std::move(cut.rest)](const Tensor& a) { return rest(a); }};
}

}  // namespace modascope
