#include "core/models/factory/model_factory.h"

#include <algorithm>
#include <functional>

#include "core/base/error.h"
#include "core/models/cmnext/cmnext_lite.h"
#include "core/models/transformer/ds_transformer.h"
#include "core/models/transformer/fusion_transformer.h"
#include "core/models/transformer/mult.h"
#include "core/models/unet/ds_encoder_unet3d.h"
#include "core/models/unet/ds_unet3d.h"
#include "core/models/unet/early_fusion_unet3d.h"
#include "core/models/unet/hemis_unet3d.h"
#include "core/models/unet/independent_unets3d.h"
#include "core/networks/network_facts.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

using MakeModel = std::function<std::unique_ptr<MultimodalModel>(const RunConfig&, const Problem&,
                                                                 torch::Device)>;

/// A network by its name and data, as its row has them.
struct Kind {
  std::string_view name;
  DataKind data;
  MakeModel make;
};

Seed seedOf(const RunConfig& config) {
  return {static_cast<std::uint64_t>(config.train.seed)};
}

ModelSizes sizesOf(const RunConfig& config) {
  return {config.model.embedding, static_cast<int>(config.model.layers),
          static_cast<int>(config.model.heads)};
}

template <typename Model>
std::unique_ptr<MultimodalModel> makeUnet(const RunConfig& config, const Problem& problem,
                                          torch::Device device) {
  return std::make_unique<Model>(config.model.width, problem.schema, problem.outputs,
                                 seedOf(config), device);
}

template <typename Model>
std::unique_ptr<MultimodalModel> makeTransformer(const RunConfig& config, const Problem& problem,
                                                 torch::Device device) {
  return std::make_unique<Model>(sizesOf(config), problem, seedOf(config), device);
}

std::unique_ptr<MultimodalModel> makeDsUnet(const RunConfig& config, const Problem& problem,
                                            torch::Device device) {
  const bool half = config.compute.precision == "bfloat16";
  return std::make_unique<DsUnet3d>(config.model.width, problem.schema, problem.outputs,
                                    seedOf(config), device,
                                    half ? Precision::BFloat16 : Precision::Float32);
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"ds-norm", DataKind::Volumes, makeDsUnet},
      {"ds-encoder", DataKind::Volumes, makeUnet<DsEncoderUnet3d>},
      {"early-fusion", DataKind::Volumes, makeUnet<EarlyFusionUnet3d>},
      {"hemis", DataKind::Volumes, makeUnet<HemisUnet3d>},
      {"independent", DataKind::Volumes, makeUnet<IndependentUnets3d>},
      {"ds-transformer", DataKind::Features, makeTransformer<DsTransformer>},
      {"early-fusion", DataKind::Features, makeTransformer<FusionTransformer>},
      {"mult", DataKind::Features, makeTransformer<Mult>},
      {"cmnext-lite", DataKind::Pictures, makeTransformer<CmnextLite>},
  };
  return all;
}

}  // namespace

std::unique_ptr<MultimodalModel> makeModel(const RunConfig& config, const Problem& problem,
                                           torch::Device device) {
  const NetworkFacts& facts = networkNamed(config.model.kind, problem.task);
  if (config.compute.precision == "bfloat16" && !facts.bfloat16)
    throw Error("compute.precision = bfloat16 is only there for " + networksWithBFloat16() +
                "; model.kind is " + inQuotes(facts.name) + '.');
  const auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const Kind& one) {
    return one.name == facts.name && one.data == facts.data;
  });
  return kind->make(config, problem, device);
}

}  // namespace modascope
