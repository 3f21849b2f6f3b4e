#include "core/models/cmnext/cmnext_lite.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace modascope {
namespace {

using torch::Tensor;

std::string named(const char* part, std::size_t stage) {
  return part + std::to_string(stage);
}

/// Pixels from one patch to the next.
std::int64_t strideOf(std::size_t stage) {
  return stage == 0 ? 4 : 2;
}

}  // namespace

class CmnextLite::Pass {
 public:
  Pass(const CmnextLite& net, const ParameterValues& values, const Tensor& x)
      : net_(net), values_(values), x_(x) {}

  /// [N, K, H, W]
  Tensor logits(ModalitySet set) {
    Branches x{first(set.contains(kFirst)), {}};
    if (net_.hasOthers()) x.others = others(set.without(kFirst));
    std::vector<Tensor> stages;
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      if (stage > 0) x = moved(stage, x);
      if (net_.hasOthers()) x = runRectification(net_.fusion_[stage].rectify, values_, x);
      stages.push_back(fused(stage, x));
    }
    return runPictureDecoder(net_.decoder_, values_, stages);
  }

 private:
  static constexpr ModalityId kFirst{0};

  /// [N, H, W, C]; where it is not there [1, H, W, C], zeros that stand for all samples.
  Tensor picture(ModalityId id, bool there) const {
    const std::int64_t width = net_.inputs_[id].width;
    if (!there) return at::zeros({1, x_.size(2), x_.size(3), width}, x_.options());
    return x_.narrow(1, net_.inputs_.offset(id), width).permute({0, 2, 3, 1}).contiguous();
  }

  Tensor forAllSamples(const Tensor& features) const {
    return features.expand({x_.size(0), -1, -1, -1});
  }

  const Tensor& first(bool there) {
    Tensor& made = first_[there];
    if (!made.defined()) made = forAllSamples(net_.runFirst(values_, 0, picture(kFirst, there)));
    return made;
  }

  const Tensor& entry(ModalityId id, bool there) {
    Tensor& made = entries_[{id, there}];
    if (!made.defined())
      made = runHubEntry(net_.others_[0].hub[id.index() - 1], values_, picture(id, there));
    return made;
  }

  const Tensor& others(std::optional<ModalitySet> which) {
    Tensor& made = others_[which];
    if (made.defined()) return made;
    std::vector<Tensor> all;
    for (const ModalityId id : net_.schema_.ids())
      if (id != kFirst) all.push_back(entry(id, which && which->contains(id)));
    made = forAllSamples(net_.runOthers(values_, 0, largestOf(all)));
    return made;
  }

  Branches moved(std::size_t stage, const Branches& x) const {
    Branches next{net_.runFirst(values_, stage, x.first), {}};
    if (net_.hasOthers()) next.others = net_.runOthers(values_, stage, x.others);
    return next;
  }

  Tensor fused(std::size_t stage, const Branches& x) const {
    if (!net_.hasOthers()) return x.first;
    return runPictureFusion(net_.fusion_[stage].fuse, values_, x, net_.heads(stage));
  }

  const CmnextLite& net_;
  const ParameterValues& values_;
  const Tensor& x_;
  std::array<Tensor, 2> first_;  ///< without and with the first modality
  std::map<std::pair<ModalityId, bool>, Tensor> entries_;
  std::map<std::optional<ModalitySet>, Tensor> others_;
};

CmnextLite::CmnextLite(const ModelSizes& sizes, const Problem& problem, Seed seed,
                       torch::Device device)
    : AutogradModel(problem.schema, problem.outputs), sizes_(sizes), inputs_(problem.inputs) {
  requireSound(sizes_);
  if (sizes_.embedding % 4 != 0)
    throw Error("model.embedding is " + std::to_string(sizes_.embedding) +
                "; cmnext-lite needs a multiple of 4.");
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    addFirst(stage);
    if (!hasOthers()) continue;
    addOthers(stage);
    const std::string name = named("fusion.", stage);
    const auto rectify = addRectification(layout_, name + ".rectify", channels(stage));
    fusion_.push_back({rectify, addPictureFusion(layout_, name + ".fuse", channels(stage))});
  }
  decoder_ = addPictureDecoder(layout_, {channels(0), channels(1), channels(2)}, sizes_.embedding,
                               classes());
  start(seed, device);
}

int CmnextLite::heads(std::size_t stage) const {
  const int wanted = std::max(1, sizes_.heads >> (2 - stage));
  return static_cast<int>(std::gcd(channels(stage), static_cast<std::int64_t>(wanted)));
}

void CmnextLite::addFirst(std::size_t stage) {
  const std::string name = named("first.", stage);
  const std::int64_t in = stage == 0 ? inputs_[ModalityId(0)].width : channels(stage - 1);
  FirstStage made;
  made.patches = addPatchEmbedding(layout_, name, in, channels(stage), strideOf(stage));
  for (int i = 0; i < sizes_.layers; ++i)
    made.blocks.push_back(addPictureBlock(layout_, name + '.' + std::to_string(i), channels(stage),
                                          std::int64_t{4} >> stage));
  made.last = addNorm(layout_, name + ".last", channels(stage));
  first_.push_back(std::move(made));
}

void CmnextLite::addOthers(std::size_t stage) {
  const std::string name = named("others.", stage);
  OthersStage made;
  if (stage > 0)
    made.patches =
        addPatchEmbedding(layout_, name, channels(stage - 1), channels(stage), strideOf(stage));
  else
    for (const ModalityId id : schema_.ids())
      if (id != ModalityId(0))
        made.hub.push_back(addHubEntry(layout_, name + ".hub." + schema_.key(id), inputs_[id].width,
                                       channels(0), strideOf(0)));
  for (int i = 0; i < sizes_.layers; ++i)
    made.blocks.push_back(addMixerBlock(layout_, name + '.' + std::to_string(i), channels(stage)));
  made.last = addNorm(layout_, name + ".last", channels(stage));
  others_.push_back(std::move(made));
}

Tensor CmnextLite::runFirst(const ParameterValues& values, std::size_t stage, Tensor x) const {
  const FirstStage& part = first_[stage];
  x = runPatchEmbedding(part.patches, values, x);
  for (const PictureBlock& block : part.blocks) x = runPictureBlock(block, values, x, heads(stage));
  return runNorm(part.last, values, x);
}

Tensor CmnextLite::runOthers(const ParameterValues& values, std::size_t stage, Tensor x) const {
  const OthersStage& part = others_[stage];
  if (stage > 0) x = runPatchEmbedding(part.patches, values, x);
  for (const MixerBlock& block : part.blocks) x = runMixerBlock(block, values, x);
  return runNorm(part.last, values, x);
}

std::vector<Tensor> CmnextLite::run(const ParameterValues& values, const Tensor& x,
                                    const std::vector<ModalitySet>& subsets) const {
  Pass pass(*this, values, x);
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets) outputs.push_back(pass.logits(set));
  return outputs;
}

ModelDescription CmnextLite::describe() const {
  ModelDescription model{"cmnext-lite", schema_, outputs_, {}, false};
  const auto add = [&](std::string name, const char* kind, int level, const std::string& prefix) {
    model.blocks.push_back({std::move(name), kind, level, parametersUnder(layout_, prefix), 0});
  };
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    const int level = 2 + static_cast<int>(stage);
    const std::string number = ' ' + std::to_string(stage + 1);
    add(schema_.label(ModalityId(0)) + number, "encoder", level, named("first.", stage));
    if (!hasOthers()) continue;
    add("others" + number, "encoder", level, named("others.", stage));
    add("exchange and fusion" + number, "fusion", level, named("fusion.", stage));
  }
  add("linear decoder", "decoder", 2, "decoder.");
  add("head", "head", 2, "head.");
  return model;
}

}  // namespace modascope
