#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/events/events.h"
#include "core/runs/run_store.h"

namespace modascope {

/// The facts of an opened run that a page shows.
struct OpenedRun {
  std::filesystem::path folder;
  RunManifest manifest;
  ModelDescription model;
  std::int64_t step = 0;
  std::vector<std::int64_t> snapshots;  ///< other steps whose weights were kept, rising
  std::vector<std::string> layers;      ///< where modalities can be told apart
  std::string defaultLayer;
};

}  // namespace modascope
