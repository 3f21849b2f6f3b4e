#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/config/run_config.h"
#include "core/events/events.h"
#include "core/inference/predictor.h"
#include "core/runs/run_store.h"

namespace modascope {

class MultimodalModel;
class VolumePredictor;

/// A run's network, ready to predict.
struct TrainedRun {
  std::filesystem::path folder;
  RunConfig config;
  RunManifest manifest;
  ModelDescription model;
  std::int64_t step = 0;                ///< of the checkpoint
  std::vector<std::int64_t> snapshots;  ///< steps of which weights were kept, rising
  std::shared_ptr<const MultimodalModel> network;
  std::shared_ptr<const Predictor> predictor;
};

/// For what only volumes have. Throws `Error`, naming the run and what it is for, when it is for
/// other data.
const VolumePredictor& volumePredictorOf(const TrainedRun& run);

/// Whether a run has come so far that it can be opened: it has a checkpoint, or adapters and what
/// they are worth.
bool hasNetwork(const std::filesystem::path& run);
/// What `openTrainedRun` calls the weights that were kept at a step.
std::string snapshotCheckpoint(std::int64_t step);
/// Loads checkpoints/<checkpoint>.safetensors onto `device`. Throws `Error` when run or checkpoint
/// are missing or do not fit each other.
TrainedRun openTrainedRun(const std::filesystem::path& run, const std::string& checkpoint = "last",
                          const std::string& device = "auto");

}  // namespace modascope
