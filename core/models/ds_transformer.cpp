#include "core/models/ds_transformer.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

namespace modascope {
namespace {

using torch::Tensor;

/// Each modality's branch has a graph of its own, so that a cotangent goes back through it alone.
class BranchGraphs : public BranchTape {
 public:
  BranchGraphs(const ParameterLayout& layout, ParameterValues leaves, std::vector<Tensor> outputs)
      : layout_(layout),
        leaves_(std::move(leaves)),
        outputs_(std::move(outputs)),
        logits_(at::stack(outputs_, 1).detach()) {}

  const Tensor& logits() const override { return logits_; }

  Tensor pullBackRows(const Tensor& cotangents) const override {
    const std::int64_t r = cotangents.size(2);
    Tensor rows = torch::zeros({cotangents.size(1) * r, layout_.total()}, logits_.options());
    for (std::size_t m = 0; m < outputs_.size(); ++m)
      for (std::int64_t k = 0; k < r; ++k) {
        const auto at = static_cast<std::int64_t>(m);
        Tensor row = rows[at * r + k];
        add({outputs_[m]}, {cotangents.select(1, at).select(1, k)}, row);
      }
    return rows;
  }

  Tensor pullBackSum(const Tensor& cotangents) const override {
    Tensor row = torch::zeros({layout_.total()}, logits_.options());
    add(outputs_, cotangents.unbind(1), row);
    return row;
  }

 private:
  void add(const std::vector<Tensor>& roots, const std::vector<Tensor>& given, Tensor& row) const {
    const auto gradients = torch::autograd::grad(roots, leaves_, given, true, false, true);
    for (std::size_t b = 0; b < gradients.size(); ++b)
      if (gradients[b].defined())
        row.narrow(0, layout_[b].offset, layout_[b].size).copy_(gradients[b].flatten());
  }

  const ParameterLayout& layout_;
  ParameterValues leaves_;
  std::vector<Tensor> outputs_;
  Tensor logits_;
};

}  // namespace

DsTransformer::DsTransformer(const ModelSizes& sizes, Problem problem, Seed seed,
                             torch::Device device)
    : sizes_(sizes), problem_(std::move(problem)) {
  requireSound(sizes_);
  const ModalitySchema& schema = problem_.schema;
  const std::int64_t width = sizes_.embedding;
  const auto ownNorms = [&](const std::string& name) {
    std::vector<Norm> norms;
    for (const ModalityId id : schema.ids())
      norms.push_back(addNorm(layout_, name + "." + schema.key(id), width, {id, std::nullopt}));
    return norms;
  };
  for (const ModalityId id : schema.ids())
    projections_.push_back(addLinear(layout_, "project." + schema.key(id),
                                     problem_.inputs[id].width, width, {id, std::nullopt}));
  for (int i = 0; i < sizes_.layers; ++i) {
    const std::string name = "layer." + std::to_string(i);
    Layer layer;
    layer.before = ownNorms(name + ".before");
    layer.attention = addAttention(layout_, name + ".attention", width);
    layer.between = ownNorms(name + ".between");
    layer.feed = addFeedForward(layout_, name + ".feed", width);
    layers_.push_back(std::move(layer));
  }
  last_ = ownNorms("last");
  head_ = addLinear(layout_, "head", width, static_cast<std::int64_t>(problem_.outputs.size()));
  start(seed, device);
}

Tensor DsTransformer::branch(const ParameterValues& values, const Tensor& features,
                             ModalityId id) const {
  const std::size_t m = id.index();
  const InputShape shape = problem_.inputs[id];
  Tensor h = runLinear(projections_[m], values, features.view({-1, shape.steps, shape.width}));
  if (shape.steps > 1) h = h + sinusoidalPositions(shape.steps, sizes_.embedding, h.options());
  for (const Layer& layer : layers_) {
    const Tensor seen = runNorm(layer.before[m], values, h);
    h = h + runAttention(layer.attention, values, seen, seen, sizes_.heads);
    h = h + runFeedForward(layer.feed, values, runNorm(layer.between[m], values, h));
  }
  return runLinear(head_, values, runNorm(last_[m], values, h.mean(1)));
}

Tensor DsTransformer::branches(const ParameterValues& values, const Tensor& x,
                               const std::vector<ModalityId>& which) const {
  std::vector<Tensor> outputs;
  for (const ModalityId id : which)
    outputs.push_back(branch(
        values, x.narrow(1, problem_.inputs.offset(id), problem_.inputs[id].size()).contiguous(),
        id));
  return at::stack(outputs, 1);
}

Tensor DsTransformer::logits(const Tensor& x, ModalitySet set) const {
  const torch::NoGradGuard noGrad;
  return branches(values(), x, set.ids()).mean(1);
}

Tensor DsTransformer::branchLogits(const Tensor& x, const std::vector<ModalityId>& which) const {
  const torch::NoGradGuard noGrad;
  std::vector<std::int64_t> sizes;
  for (const ModalityId id : which) sizes.push_back(problem_.inputs[id].size());
  const std::vector<Tensor> parts = x.split_with_sizes(sizes, 1);
  std::vector<Tensor> outputs;
  for (std::size_t i = 0; i < which.size(); ++i)
    outputs.push_back(branch(values(), parts[i].contiguous(), which[i]));
  return at::stack(outputs, 1);
}

std::unique_ptr<BranchTape> DsTransformer::record(const Tensor& x) const {
  const torch::AutoGradMode grad(true);
  ParameterValues leaves = values();
  for (Tensor& leaf : leaves) leaf.requires_grad_(true);
  std::vector<Tensor> outputs;
  for (const ModalityId id : problem_.schema.ids())
    outputs.push_back(branch(
        leaves, x.narrow(1, problem_.inputs.offset(id), problem_.inputs[id].size()).contiguous(),
        id));
  return std::make_unique<BranchGraphs>(layout_, std::move(leaves), std::move(outputs));
}

ModelDescription DsTransformer::describe() const {
  ModelDescription model{"ds-transformer", problem_.schema, problem_.outputs, {}, true};
  const std::int64_t width = sizes_.embedding, own = 2 * width;
  const auto modalities = static_cast<std::int64_t>(projections_.size());
  for (const ModalityId id : problem_.schema.ids()) {
    const std::string name = "project." + problem_.schema.key(id) + ".";
    model.blocks.push_back({"project " + problem_.schema.label(id), "encoder", 0,
                            parametersUnder(layout_, name), 0, std::nullopt, id});
  }
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const std::string name = "layer." + std::to_string(i);
    const std::int64_t all = parametersUnder(layout_, name + ".");
    model.blocks.push_back(
        {"layer " + std::to_string(i + 1), "encoder", 0, all - 2 * own * modalities, 2 * own});
  }
  model.blocks.push_back({"pool", "encoder", 0, 0, own});
  model.blocks.push_back({"mean", "fusion", 0, 0, 0});
  model.blocks.push_back({"head", "head", 0, parametersUnder(layout_, "head."), 0});
  return model;
}

}  // namespace modascope
