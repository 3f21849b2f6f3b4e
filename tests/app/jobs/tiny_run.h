#pragma once

#include <filesystem>

#include "core/config/run_config.h"
#include "core/phantom/phantom.h"

namespace modascope::testing {

/// Three phantoms of 32 voxels, two to train on: seconds, not minutes.
inline PhantomOptions tinyPhantom() {
  return {.cases = 3, .size = 32, .spacing = 5, .seed = 3};
}

inline std::filesystem::path writeTinyCohort(const std::filesystem::path& folder) {
  writePhantomCohort(tinyPhantom(), folder);
  return folder;
}

inline RunConfig tinyConfig(std::int64_t steps) {
  RunConfig config;
  config.train.steps = steps;
  config.train.crop = 16;
  config.train.checkpointEvery = 2;
  config.train.observeEvery = 1;
  config.train.validateEvery = 1000000;
  config.compute.threads = 1;
  return config;
}

}  // namespace modascope::testing
