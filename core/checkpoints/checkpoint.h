#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/models/model.h"
#include "core/optim/adam.h"

namespace modascope {

/// Where a run stands.
struct TrainingPosition {
  std::int64_t step = 0;        ///< optimisation steps done
  std::int64_t validated = -1;  ///< the last step that was validated
  double bestScore = -1;        ///< of all validations so far

  bool operator==(const TrainingPosition&) const = default;
};

/// A checkpoint is one safetensors file: a tensor for each parameter block, where the run stood,
/// and a checksum over all of it. A training checkpoint also holds Adam's moments ("adam.first",
/// "adam.second") and is then all that a bit-identical continuation needs beside the run's
/// settings: batches, drawn subsets and projection orders are functions of the seed and the step,
/// so that no generator has a state to keep.
void writeWeights(const std::filesystem::path& file, const MultimodalModel& model,
                  const TrainingPosition& progress);
void writeTraining(const std::filesystem::path& file, const MultimodalModel& model,
                   const Adam& optimiser, const TrainingPosition& progress);

/// Each throws `Error` naming the file when it is damaged, or the tensors when it is of another
/// network; network and optimiser are then as they were.
TrainingPosition readWeights(const std::filesystem::path& file, const MultimodalModel& model);
TrainingPosition readTraining(const std::filesystem::path& file, const MultimodalModel& model,
                              Adam& optimiser);
/// Reads the whole file without a network. Throws as above when it is no sound training checkpoint.
TrainingPosition checkTraining(const std::filesystem::path& file);

/// Checkpoint `name` ("last", "best", "previous", "snapshot-000200") of a folder; returns its
/// step. Throws `Error` as above, or with the names of those that there are.
std::int64_t loadWeights(const std::filesystem::path& folder, const std::string& name,
                         const MultimodalModel& model);

}  // namespace modascope
