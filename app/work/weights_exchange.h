#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/work/training/training.h"

namespace modascope {

struct TensorFacts {
  std::string name;
  std::string type;  ///< "F32"
  std::vector<std::int64_t> shape;
};

/// What a safetensors file holds.
std::vector<TensorFacts> listTensors(const std::filesystem::path& file);

struct WeightsRequest {
  std::filesystem::path run;
  std::filesystem::path out;
  std::string checkpoint = "last";
  std::string map = "modascope";  ///< `NameMap::open`
  std::string subset = {};        ///< of an adaptation: "t1,flair" or "t1+flair"
};

/// Writes the weights of a run's checkpoint under the names of the map; of an adaptation the
/// network with the adapter of one subset folded in. Throws `Error`; never writes over a file.
void exportRunWeights(const WeightsRequest& request);

/// Makes a finished run of no steps from weights that were trained elsewhere (`request.init`), so
/// that they can be evaluated and looked at. Returns its folder.
std::filesystem::path importAsRun(const TrainingRequest& request);

}  // namespace modascope
