#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/work/training.h"

namespace modascope {

struct TensorFacts {
  std::string name;
  std::string type;  ///< "F32"
  std::vector<std::int64_t> shape;
};

/// What a safetensors file holds.
std::vector<TensorFacts> listTensors(const std::filesystem::path& file);

/// Writes the weights of a run's checkpoint under the names of `map` (`NameMap::open`). Throws
/// `Error`; never writes over a file.
void exportRunWeights(const std::filesystem::path& run, const std::string& checkpoint,
                      const std::string& map, const std::filesystem::path& out);

/// Makes a finished run of no steps from weights that were trained elsewhere (`request.init`), so
/// that they can be evaluated and looked at. Returns its folder.
std::filesystem::path importAsRun(const TrainingRequest& request);

}  // namespace modascope
