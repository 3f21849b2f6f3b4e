#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/config/run_config.h"

namespace modascope {

struct OneStepRequest {
  RunConfig config;
  std::filesystem::path data;  ///< empty: phantoms
  std::filesystem::path out;   ///< safetensors
  std::int64_t step = 0;       ///< which batch and which random choices, from 0
};

struct OneStepOutcome {
  std::vector<std::string> subsets;  ///< "T1, FLAIR"
  std::vector<double> losses;
  double gradientNorm = 0;
};

/// Computes one optimisation step from the seed's initial weights and writes all of it. Throws
/// `Error`; never writes over a file.
OneStepOutcome computeOneStep(const OneStepRequest& request);

}  // namespace modascope
