#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/checkpoints/checkpoint.h"
#include "core/config/run_config.h"

namespace modascope {

/// Where a run can go on.
struct ResumePoint {
  std::filesystem::path file;
  TrainingPosition progress;
  std::string note;  ///< why it is not the newest checkpoint; empty if it is
};

/// The newest training checkpoint of a folder that is sound; nothing when none was written yet.
/// Throws `Error` when all are damaged.
std::optional<ResumePoint> findResumePoint(const std::filesystem::path& folder);

/// The weights that a run began with, where they are not the seed's: a checkpoint's name.
inline constexpr const char* kInitialWeights = "snapshot-000000";

/// Name of the snapshot of a step, and the steps of those in a folder, rising.
std::string snapshotName(std::int64_t step);
std::vector<std::int64_t> snapshotSteps(const std::filesystem::path& folder);

/// The checkpoints of one run, each a file of its own that is complete whenever it is there:
///   last.safetensors              the newest training checkpoint; last.json has its step
///   previous.safetensors          the one before, in case the newest is damaged
///   best.safetensors              weights of the best validation
///   snapshot-000200.safetensors   weights every train.snapshot_every steps
/// A kill at any moment leaves `last` as it was or as it shall be. For the training thread.
class CheckpointKeeper {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  CheckpointKeeper(std::filesystem::path folder, const RunConfig::Train& settings,
                   Clock clock = std::chrono::steady_clock::now);

  /// To be called after each step: writes what is due by steps or minutes. Whether a training
  /// checkpoint was written.
  bool afterStep(const MultimodalModel& model, const Adam& optimiser,
                 const TrainingPosition& progress);
  /// Writes `last` now. Nothing is done, and false returned, when it holds this progress already.
  bool save(const MultimodalModel& model, const Adam& optimiser, const TrainingPosition& progress);
  void saveBest(const MultimodalModel& model, const TrainingPosition& progress);

  /// Goes on from `findResumePoint`, or from the start where there is nothing, and removes what a
  /// kill or a later, lost step left behind.
  TrainingPosition resume(const MultimodalModel& model, Adam& optimiser);

 private:
  void makeLast(const std::filesystem::path& file, std::int64_t step);
  void tellStepOfLast(std::int64_t step);
  std::filesystem::path fileOf(const std::string& name) const;
  /// To be written now.
  std::filesystem::path fileIn(const std::string& name);

  std::filesystem::path folder_;
  bool written_ = false;  ///< something, so that the folder is there
  std::int64_t every_;
  std::int64_t snapshotEvery_;
  std::chrono::duration<double> period_;  ///< 0 never
  Clock clock_;
  std::chrono::steady_clock::time_point savedAt_;
  TrainingPosition saved_{-1};
};

}  // namespace modascope
