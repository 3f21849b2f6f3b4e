#include "app/work/demonstrating/packed_network.h"

#include <sstream>

#include <nlohmann/json.hpp>
#include <torch/types.h>

#include "core/base/json_text.h"
#include "core/checkpoints/weights.h"
#include "core/config/config_keys.h"
#include "core/models/model.h"
#include "core/problem/problem_json.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {
namespace {

std::string factsOf(const TrainedRun& run) {
  const RunManifest& manifest = run.manifest;
  const nlohmann::ordered_json json{{"network", run.config.model.kind},
                                    {"method", run.config.train.method},
                                    {"step", run.step},
                                    {"seed", manifest.seed},
                                    {"parameters", manifest.parameters},
                                    {"spacing", manifest.spacing},
                                    {"modalities", modalitiesJson(manifest.problem.schema)},
                                    {"segmentation", regionsJson(manifest.problem.regions)}};
  return jsonText(json, 2) + "\n";
}

TensorEntry inHalf(TensorEntry entry) {
  const torch::Tensor half = tensorOf(entry).to(torch::kHalf).contiguous();
  const auto* bytes = static_cast<const std::byte*>(half.data_ptr());
  entry.type = TensorType::F16;
  entry.bytes.assign(bytes, bytes + half.nbytes());
  return entry;
}

}  // namespace

void roundToHalf(const TrainedRun& run) {
  const torch::NoGradGuard noGradient;
  const torch::Tensor& weights = run.network->parameters();
  weights.copy_(weights.to(torch::kHalf).to(weights.scalar_type()));
}

std::vector<std::pair<std::string, std::string>> packedNetwork(const TrainedRun& run,
                                                               std::size_t number) {
  TensorFile weights = weightsOf(*run.network, blockNames(run.network->layout()));
  for (TensorEntry& entry : weights.tensors) entry = inHalf(std::move(entry));
  std::ostringstream bytes;
  writeTensors(bytes, weights);
  const std::string folder = "networks/" + std::to_string(number) + '/';
  return {{folder + "weights.safetensors", bytes.str()},
          {folder + "config.toml", toToml(run.config)},
          {folder + "network.json", factsOf(run)}};
}

}  // namespace modascope
