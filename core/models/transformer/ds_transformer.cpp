#include "core/models/transformer/ds_transformer.h"

#include <ATen/ATen.h>

#include "core/models/transformer/ds_transformer_tape.h"

namespace modascope {

using torch::Tensor;

DsTransformer::DsTransformer(const ModelSizes& sizes, Problem problem, Seed seed,
                             torch::Device device)
    : sizes_(sizes), problem_(std::move(problem)) {
  requireSound(sizes_);
  const ModalitySchema& schema = problem_.schema;
  const std::int64_t width = sizes_.embedding;
  const auto ownNorm = [&](const std::string& name, ModalityId id) {
    const std::string own = name + ".norm." + schema.key(id);
    const std::size_t weight = layout_.add(own + ".weight", {width}, id);
    return Norm{weight, layout_.add(own + ".bias", {width}, id)};
  };
  for (const ModalityId id : schema.ids()) {
    const std::string name = "project." + schema.key(id);
    const std::int64_t in = problem_.inputs[id].width;
    branches_.push_back({id, addLinear(layout_, name, in, width, {id, std::nullopt}), {}, {}, {}});
  }
  for (int i = 0; i < sizes_.layers; ++i) {
    const std::string name = "layer." + std::to_string(i);
    for (const ModalityId id : schema.ids())
      branches_[id.index()].blocks.push_back({ownNorm(name + ".before", id), {}, {}, {}});
    const Attention attention = addAttention(layout_, name + ".attention", width);
    for (const ModalityId id : schema.ids())
      branches_[id.index()].blocks.back().between = ownNorm(name + ".between", id);
    const FeedForward feed = addFeedForward(layout_, name + ".feed", width);
    for (DsTransformerBranch& branch : branches_) {
      branch.blocks.back().attention = attention;
      branch.blocks.back().feed = feed;
    }
  }
  for (const ModalityId id : schema.ids()) branches_[id.index()].last = ownNorm("last", id);
  const auto classes = static_cast<std::int64_t>(problem_.outputs.size());
  const Linear head = addLinear(layout_, "head", width, classes);
  for (DsTransformerBranch& branch : branches_) branch.head = head;
  start(seed, device);
}

Tensor DsTransformer::branch(const ParameterValues& values, const Tensor& features,
                             ModalityId id) const {
  const DsTransformerBranch& parts = branches_[id.index()];
  const InputShape shape = problem_.inputs[id];
  Tensor h = runLinear(parts.project, values, features.view({-1, shape.steps, shape.width}));
  if (shape.steps > 1) h = h + sinusoidalPositions(shape.steps, sizes_.embedding, h.options());
  for (const TransformerBlock& block : parts.blocks)
    h = runTransformerBlock(block, values, h, sizes_.heads);
  return runLinear(parts.head, values, runNorm(parts.last, values, h.mean(1)));
}

Tensor DsTransformer::featuresOf(const Tensor& x, ModalityId id) const {
  return x.narrow(1, problem_.inputs.offset(id), problem_.inputs[id].size()).contiguous();
}

Tensor DsTransformer::logits(const Tensor& x, ModalitySet set) const {
  const torch::NoGradGuard noGrad;
  std::vector<Tensor> outputs;
  for (const ModalityId id : set.ids()) outputs.push_back(branch(values(), featuresOf(x, id), id));
  return at::stack(outputs, 1).mean(1);
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

std::unique_ptr<BranchTape> DsTransformer::recordBranches(
    const Tensor& x, const std::vector<ModalityId>& which) const {
  std::vector<DsTransformerBranch> branches;
  std::vector<Tensor> sequences;
  for (const ModalityId id : which) {
    const InputShape shape = problem_.inputs[id];
    branches.push_back(branches_[id.index()]);
    sequences.push_back(featuresOf(x, id).view({-1, shape.steps, shape.width}));
  }
  return std::make_unique<DsTransformerTape>(layout_, values(), std::move(branches), sizes_.heads,
                                             sequences);
}

ModelDescription DsTransformer::describe() const {
  ModelDescription model{"ds-transformer", problem_.schema, problem_.outputs, {}, true};
  const std::int64_t width = sizes_.embedding, own = 2 * width;
  const auto modalities = static_cast<std::int64_t>(branches_.size());
  for (const ModalityId id : problem_.schema.ids()) {
    const std::string name = "project." + problem_.schema.key(id) + ".";
    model.blocks.push_back({"project " + problem_.schema.label(id), "encoder", 0,
                            parametersUnder(layout_, name), 0, std::nullopt, id});
  }
  for (std::size_t i = 0; i < branches_.front().blocks.size(); ++i) {
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
