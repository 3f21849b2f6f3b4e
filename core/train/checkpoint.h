#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/models/model.h"
#include "core/train/adam.h"

namespace modascope {

/// Beside each other in a run's checkpoints/ folder, each written atomically:
///   <name>.safetensors           weights, one tensor a parameter block, for prediction
///   last.training.safetensors    weights, Adam's moments and the step, all that a resume needs
///   <name>.json                  the step, in words for people and scripts
void saveWeights(const std::filesystem::path& folder, const std::string& name,
                 const MultimodalModel& model, std::int64_t step);
void saveTraining(const std::filesystem::path& folder, const MultimodalModel& model,
                  const Adam& optimiser, std::int64_t step);

/// Each returns the checkpoint's step. Throws `Error` naming file and tensor when something is
/// missing or has another shape than the model.
std::int64_t loadWeights(const std::filesystem::path& folder, const std::string& name,
                         const MultimodalModel& model);
std::int64_t loadTraining(const std::filesystem::path& folder, const MultimodalModel& model,
                          Adam& optimiser);
bool hasTraining(const std::filesystem::path& folder);

}  // namespace modascope
