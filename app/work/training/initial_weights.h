#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/runs/run_store.h"

namespace modascope {

/// Weights that were trained elsewhere, and what their tensors are called (`NameMap::open`).
struct InitialWeights {
  std::filesystem::path file;
  std::string map = "modascope";
};

/// Where a run keeps the weights that it began with, if they were not the seed's.
std::filesystem::path initialWeightsFile(const RunFolder& run);
/// Those, where there are any.
std::optional<InitialWeights> initialWeightsOf(const RunFolder& run);

}  // namespace modascope
