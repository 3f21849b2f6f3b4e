#include "core/train/step_file.h"

#include "core/base/words.h"
#include "core/checkpoints/weights.h"
#include "core/config/config_keys.h"
#include "core/gmd/matrix_tensor.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {
namespace {

using torch::Tensor;

Tensor asTensor(const ProjectionOrder& order) {
  std::vector<std::int64_t> flat;
  for (const auto& row : order) flat.insert(flat.end(), row.begin(), row.end());
  return torch::tensor(flat, torch::kLong).view({static_cast<std::int64_t>(order.size()), -1});
}

/// [sets, M]
Tensor membership(const std::vector<ModalitySet>& sets, const ModalitySchema& schema) {
  std::vector<std::int64_t> flat;
  for (const ModalitySet set : sets)
    for (const ModalityId id : schema.ids()) flat.push_back(set.contains(id) ? 1 : 0);
  return torch::tensor(flat, torch::kLong).view({static_cast<std::int64_t>(sets.size()), -1});
}

Tensor weightsOf(const std::vector<SubsetTask>& tasks) {
  std::vector<double> weights;
  for (const SubsetTask& task : tasks) weights.push_back(task.weight);
  return torch::tensor(weights, torch::kFloat64);
}

}  // namespace

void writeStepFile(const std::filesystem::path& file, const RunConfig& config, const Batch& batch,
                   const MultimodalModel& model, const StepGradient& step) {
  const ModelDescription words = model.describe();
  TensorFile content;
  content.metadata = {
      {"modascope.model", words.kind},
      {"modascope.modalities", joined(keysOf(words.schema, words.schema.all()), ",")},
      {"modascope.outputs", joined(words.outputs, ",")},
      {"modascope.cases", joined(batch.cases, ",")},
      {"modascope.config", toToml(config)}};
  const auto add = [&](const std::string& name, const Tensor& tensor) {
    content.tensors.push_back(entryOf(name, tensor));
  };
  add("batch.x", batch.x);
  add("batch.y", batch.y);
  add("batch.available", membership(batch.available, words.schema));
  add("subsets", membership(setsOf(step.losses.tasks), words.schema));
  add("losses", torch::tensor(step.losses.losses, torch::kFloat64));
  add("weights", weightsOf(step.losses.tasks));
  if (step.facts) add("gram", asTensor(step.facts->gram, torch::kFloat64));
  if (step.decoupling) {
    add("order", asTensor(step.decoupling->order));
    add("coefficients", asTensor(step.decoupling->coefficients, torch::kFloat64));
  }
  const auto& blocks = model.layout().blocks();
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    add("parameter." + blocks[b].name, model.parameter(b));
    add("gradient." + blocks[b].name,
        step.merged.narrow(0, blocks[b].offset, blocks[b].size).view(blocks[b].shape));
  }
  writeTensorFile(file, content);
}

}  // namespace modascope
