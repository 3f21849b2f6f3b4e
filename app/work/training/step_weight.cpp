#include "app/work/training/step_weight.h"

#include "core/compute/compute.h"
#include "core/models/factory/model_factory.h"
#include "core/system/available_memory.h"
#include "core/train/memory_measure.h"

namespace modascope {

std::optional<std::string> weighStep(const RunConfig& config, const Problem& problem,
                                     const std::shared_ptr<const MultimodalModel>& model) {
  if (!model->parameters().device().is_cpu()) return std::nullopt;
  const auto available = availableMemory();  // trying out takes some for good
  const MemoryEstimate estimate = memoryOfStep(config, problem, model, available);
  requireMemory(estimate, available, config, problem.task);
  return describe(estimate, available);
}

std::optional<std::string> weighNewRun(const RunConfig& config, const Problem& problem) {
  return weighStep(config, problem,
                   makeModel(config, problem, chooseDevice(config.compute.device)));
}

}  // namespace modascope
