#include "core/models/autograd_model.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

namespace modascope {
namespace {

using torch::Tensor;

class AutogradTape : public SubsetTape {
 public:
  AutogradTape(const ParameterLayout& layout, ParameterValues leaves, std::vector<Tensor> outputs)
      : layout_(layout), leaves_(std::move(leaves)), outputs_(std::move(outputs)) {
    for (const Tensor& output : outputs_) values_.push_back(output.detach());
  }

  const std::vector<Tensor>& outputs() const override { return values_; }

  Tensor pullBack(const std::vector<Tensor>& cotangents) const override {
    std::vector<Tensor> roots, given;
    for (std::size_t s = 0; s < outputs_.size(); ++s) {
      if (!cotangents[s].defined()) continue;
      roots.push_back(outputs_[s]);
      given.push_back(cotangents[s]);
    }
    const auto gradients = torch::autograd::grad(roots, leaves_, given, true, false, true);
    Tensor row = torch::zeros({layout_.total()}, outputs_.front().options().requires_grad(false));
    for (std::size_t b = 0; b < gradients.size(); ++b)
      if (gradients[b].defined())
        row.narrow(0, layout_[b].offset, layout_[b].size).copy_(gradients[b].flatten());
    return row;
  }

 private:
  const ParameterLayout& layout_;
  ParameterValues leaves_;
  std::vector<Tensor> outputs_;
  std::vector<Tensor> values_;
};

}  // namespace

Tensor AutogradModel::logits(const Tensor& x, ModalitySet set) const {
  const torch::NoGradGuard noGrad;
  return run(values(), x, {set}).front();
}

std::unique_ptr<SubsetTape> AutogradModel::recordSubsets(
    const Tensor& x, const std::vector<ModalitySet>& subsets) const {
  const torch::AutoGradMode grad(true);
  ParameterValues leaves = values();
  for (Tensor& leaf : leaves) leaf.requires_grad_(true);
  auto outputs = run(leaves, x, subsets);
  return std::make_unique<AutogradTape>(layout_, std::move(leaves), std::move(outputs));
}

}  // namespace modascope
