#include "core/models/transformer/fusion_transformer.h"

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

FusionTransformer::FusionTransformer(const ModelSizes& sizes, const Problem& problem, Seed seed,
                                     torch::Device device)
    : AutogradModel(problem.schema, problem.outputs), sizes_(sizes), inputs_(problem.inputs) {
  requireSound(sizes_);
  const std::int64_t width = sizes_.embedding;
  for (const ModalityId id : schema_.ids()) {
    const std::string name = "project." + schema_.key(id);
    projections_.push_back(addLinear(layout_, name, inputs_[id].width, width));
    marks_.push_back(addToken(layout_, name, {width}));
  }
  for (int i = 0; i < sizes_.layers; ++i)
    layers_.push_back(addTransformerBlock(layout_, "layer." + std::to_string(i), width));
  last_ = addNorm(layout_, "last", width);
  head_ = addLinear(layout_, "head", width, classes());
  start(seed, device);
}

Tensor FusionTransformer::tokens(const ParameterValues& values, const Tensor& x, ModalityId id,
                                 bool present) const {
  const InputShape shape = inputs_[id];
  const Tensor part = x.narrow(1, inputs_.offset(id), shape.size());
  const Tensor seen = (present ? part : torch::zeros_like(part)).contiguous();
  Tensor h = runLinear(projections_[id.index()], values, seen.view({-1, shape.steps, shape.width}));
  if (shape.steps > 1) h = h + sinusoidalPositions(shape.steps, sizes_.embedding, h.options());
  return h + values[marks_[id.index()]];
}

std::vector<Tensor> FusionTransformer::run(const ParameterValues& values, const Tensor& x,
                                           const std::vector<ModalitySet>& subsets) const {
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets) {
    std::vector<Tensor> all;
    for (const ModalityId id : schema_.ids())
      all.push_back(tokens(values, x, id, set.contains(id)));
    Tensor h = at::cat(all, 1);
    for (const TransformerBlock& layer : layers_)
      h = runTransformerBlock(layer, values, h, sizes_.heads);
    outputs.push_back(runLinear(head_, values, runNorm(last_, values, h.mean(1))));
  }
  return outputs;
}

ModelDescription FusionTransformer::describe() const {
  ModelDescription model{"early-fusion", schema_, outputs_, {}, false};
  const auto shared = [&](const std::string& label, const char* kind, const std::string& prefix) {
    model.blocks.push_back({label, kind, 0, parametersUnder(layout_, prefix), 0});
  };
  shared("tokens, missing = 0", "fusion", "project.");
  for (std::size_t i = 0; i < layers_.size(); ++i)
    shared("layer " + std::to_string(i + 1), "encoder", "layer." + std::to_string(i) + ".");
  shared("pool", "encoder", "last.");
  shared("head", "head", "head.");
  return model;
}

}  // namespace modascope
