#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/checkpoints/checkpoint_keeper.h"
#include "core/config/run_config.h"
#include "core/data/sampler.h"
#include "core/events/events.h"
#include "core/models/model.h"
#include "core/optim/adam.h"
#include "core/train/gradient_method.h"
#include "core/train/pause_switch.h"

namespace modascope {

/// How good a network is on cases that it is not trained on.
struct ValidationScores {
  std::vector<std::string> columns;  ///< {"wt", "tc", "et"}
  std::vector<double> scores;        ///< mean over subsets and cases, one per column
  double main = 0;                   ///< decides which weights are best; larger is better
};
/// Nothing when it was stopped.
using Validator = std::function<std::optional<ValidationScores>(std::stop_token)>;

struct TrainerParts {
  RunConfig config;
  std::shared_ptr<MultimodalModel> model;
  std::shared_ptr<const Sampler> sampler;
  std::filesystem::path checkpoints;
  Validator validate;        ///< may be empty
  InputLayout inputs = {};   ///< where modalities lie in a batch; empty: one channel each
  Task task = kDefaultTask;  ///< for advice
};

/// The loop: a batch, every subset's loss, one gradient, one step. Runs on the caller's thread.
class Trainer {
 public:
  /// Throws `Error` when a setting names nothing that exists.
  explicit Trainer(TrainerParts parts);

  /// Goes on from the newest sound checkpoint, if there is one; returns its step.
  std::int64_t resume();
  std::int64_t step() const { return progress_.step; }

  /// Until the last step or a stop; a stop leaves a checkpoint of the step reached. Returns
  /// Finished or Interrupted. Throws `Error` when an input, loss or gradient is not finite, before
  /// the weights change.
  RunState run(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop);

 private:
  StepEvent oneStep(TrainObserver& observer);
  void waitIfPaused(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop);
  void saveCheckpoint(TrainObserver& observer);
  bool isValidationDue() const;
  void validateIfDue(TrainObserver& observer, std::stop_token stop);

  TrainerParts parts_;
  GradientMethod method_;
  ModalitySchema schema_;
  Adam optimiser_;
  CheckpointKeeper checkpoints_;
  TrainingPosition progress_;
};

}  // namespace modascope
