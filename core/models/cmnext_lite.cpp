#include "core/models/cmnext_lite.h"

#include <algorithm>
#include <numeric>

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
  addDecoder();
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

void CmnextLite::addDecoder() {
  const std::int64_t width = sizes_.embedding;
  for (std::size_t stage = 0; stage < kStages; ++stage)
    decoder_.project[stage] =
        addLinear(layout_, named("decoder.project.", stage), channels(stage), width);
  decoder_.fuse = addLinear(layout_, "decoder.fuse", kStages * width, width);
  decoder_.norm = addNorm(layout_, "decoder.fused", width);
  decoder_.head = addLinear(layout_, "head", width, classes());
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

Tensor CmnextLite::runStages(const ParameterValues& values,
                             const std::vector<Tensor>& pictures) const {
  Branches x{pictures.front(), {}};
  if (hasOthers())
    x.others = runHub(others_[0].hub, values, {pictures.begin() + 1, pictures.end()});
  std::vector<Tensor> stages;
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    x.first = runFirst(values, stage, x.first);
    if (hasOthers()) {
      x.others = runOthers(values, stage, x.others);
      x = runRectification(fusion_[stage].rectify, values, x);
      stages.push_back(runPictureFusion(fusion_[stage].fuse, values, x, heads(stage)));
    } else {
      stages.push_back(x.first);
    }
  }
  return runDecoder(values, stages);
}

Tensor CmnextLite::runDecoder(const ParameterValues& values,
                              const std::vector<Tensor>& stages) const {
  const std::int64_t height = stages[0].size(1), width = stages[0].size(2);
  std::vector<Tensor> all;
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    const Tensor projected = runLinear(decoder_.project[stage], values, stages[stage]);
    all.push_back(stage == 0 ? projected : resized(projected, height, width));
  }
  const Tensor fused =
      at::relu(runNorm(decoder_.norm, values, runLinear(decoder_.fuse, values, at::cat(all, 3))));
  return resized(runLinear(decoder_.head, values, fused), 4 * height, 4 * width);
}

std::vector<Tensor> CmnextLite::run(const ParameterValues& values, const Tensor& x,
                                    const std::vector<ModalitySet>& subsets) const {
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets) {
    std::vector<Tensor> pictures;
    for (const ModalityId id : schema_.ids()) {
      const Tensor picture =
          x.narrow(1, inputs_.offset(id), inputs_[id].width).permute({0, 2, 3, 1}).contiguous();
      pictures.push_back(set.contains(id) ? picture : at::zeros_like(picture));
    }
    outputs.push_back(runStages(values, pictures).permute({0, 3, 1, 2}).contiguous());
  }
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
