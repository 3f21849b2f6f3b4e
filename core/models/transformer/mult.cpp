#include "core/models/transformer/mult.h"

#include <algorithm>
#include <map>
#include <utility>

#include <ATen/ATen.h>

namespace modascope {

using torch::Tensor;

class Mult::Pass {
 public:
  Pass(const Mult& net, const ParameterValues& values, const Tensor& x)
      : net_(net), values_(values), x_(x) {}

  /// [N, Σ widths]
  Tensor seenBy(ModalitySet set) {
    std::vector<Tensor> means;
    for (const Target& target : net_.targets_) {
      const Tensor memory =
          runTransformerStack(target.memory, values_, lookedAt(target, set), net_.sizes_.heads);
      means.push_back(memory.mean(1));
    }
    return at::cat(means, 1);
  }

 private:
  using Key = std::pair<ModalityId, bool>;  ///< a modality, and whether it is there

  /// [N, steps, E]
  const Tensor& features(Key key) {
    Tensor& made = features_[key];
    if (made.defined()) return made;
    const InputShape& shape = net_.inputs_[key.first];
    Tensor steps = x_.narrow(1, net_.inputs_.offset(key.first), shape.size())
                       .reshape({x_.size(0), shape.steps, shape.width});
    if (!key.second) steps = at::zeros_like(steps);
    made = runLinear(net_.targets_[key.first.index()].project, values_, steps);
    made = made + sinusoidalPositions(shape.steps, net_.sizes_.embedding, made.options());
    return made;
  }

  const Tensor& look(const Target& target, std::size_t source, ModalitySet set) {
    const Key here{target.id, set.contains(target.id)};
    const Key there{target.sources[source], set.contains(target.sources[source])};
    Tensor& made = looks_[{here, there}];
    if (!made.defined())
      made = runTransformerStack(target.looks[source], values_, features(here), net_.sizes_.heads,
                                 features(there));
    return made;
  }

  Tensor lookedAt(const Target& target, ModalitySet set) {
    if (target.sources.empty()) return features({target.id, set.contains(target.id)});
    std::vector<Tensor> all;
    for (std::size_t s = 0; s < target.sources.size(); ++s) all.push_back(look(target, s, set));
    return at::cat(all, 2);
  }

  const Mult& net_;
  const ParameterValues& values_;
  const Tensor& x_;
  std::map<Key, Tensor> features_;
  std::map<std::pair<Key, Key>, Tensor> looks_;
};

Mult::Mult(const ModelSizes& sizes, const Problem& problem, Seed seed, torch::Device device)
    : AutogradModel(problem.schema, problem.outputs), sizes_(sizes), inputs_(problem.inputs) {
  requireSound(sizes_);
  for (const ModalityId id : schema_.ids()) addTarget(id);
  std::int64_t width = 0;
  for (const Target& target : targets_) width += layout_[target.memory.last.weight].size;
  head_.first = addLinear(layout_, "head.first", width, width);
  head_.second = addLinear(layout_, "head.second", width, width);
  head_.out = addLinear(layout_, "head.out", width, classes());
  start(seed, device);
}

void Mult::addTarget(ModalityId id) {
  Target target{id, {}, {}, {}, {}};
  const std::string& key = schema_.key(id);
  target.project = addLinear(layout_, "project." + key, inputs_[id].width, sizes_.embedding);
  for (const ModalityId source : schema_.ids()) {
    if (source == id) continue;
    target.sources.push_back(source);
    target.looks.push_back(addTransformerStack(layout_, "cross." + key + '.' + schema_.key(source),
                                               sizes_.embedding, sizes_.layers));
  }
  const auto parts = static_cast<std::int64_t>(std::max<std::size_t>(1, target.sources.size()));
  target.memory =
      addTransformerStack(layout_, "memory." + key, parts * sizes_.embedding, sizes_.layers);
  targets_.push_back(std::move(target));
}

Tensor Mult::runHead(const ParameterValues& values, const Tensor& seen) const {
  const Tensor hidden = at::relu(runLinear(head_.first, values, seen));
  return runLinear(head_.out, values, seen + runLinear(head_.second, values, hidden));
}

std::vector<Tensor> Mult::run(const ParameterValues& values, const Tensor& x,
                              const std::vector<ModalitySet>& subsets) const {
  Pass pass(*this, values, x);
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets) outputs.push_back(runHead(values, pass.seenBy(set)));
  return outputs;
}

ModelDescription Mult::describe() const {
  ModelDescription model{"mult", schema_, outputs_, {}, false};
  const auto add = [&](const char* name, const char* kind, const char* prefix) {
    model.blocks.push_back({name, kind, 0, parametersUnder(layout_, prefix), 0});
  };
  add("projections, missing = 0", "encoder", "project.");
  if (schema_.size() > 1) add("each looks at each other", "fusion", "cross.");
  add("memory", "encoder", "memory.");
  add("head", "head", "head.");
  return model;
}

}  // namespace modascope
