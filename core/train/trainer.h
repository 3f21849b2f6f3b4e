#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/config/run_config.h"
#include "core/data/sampler.h"
#include "core/events/events.h"
#include "core/models/model.h"
#include "core/train/adam.h"
#include "core/train/gradient_method.h"
#include "core/train/pause_switch.h"

namespace modascope {

/// Mean Dice over subsets and validation cases, one per region; empty when it was stopped.
using Validator = std::function<std::vector<double>(std::stop_token)>;

struct TrainerParts {
  RunConfig config;
  std::shared_ptr<MultimodalModel> model;
  std::shared_ptr<const Sampler> sampler;
  std::filesystem::path checkpoints;
  Validator validate;  ///< may be empty
};

/// The loop: a batch, every subset's loss, one gradient, one step. Runs on the caller's thread.
class Trainer {
 public:
  /// Throws `Error` when a setting names nothing that exists.
  explicit Trainer(TrainerParts parts);

  /// Goes on from the last checkpoint; returns its step.
  std::int64_t resume();
  std::int64_t step() const { return step_; }
  double bestDice() const { return best_; }
  /// What an earlier sitting had reached, so that only a better one counts as best.
  void setBestDice(double best) { best_ = best; }

  /// Until the last step or a stop; a stop leaves a checkpoint of the step reached. Returns
  /// Finished or Interrupted. Throws `Error` when a loss or gradient is no longer finite, before
  /// the weights change.
  RunState run(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop);

 private:
  StepEvent oneStep();
  void waitIfPaused(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop);
  void saveCheckpoint(TrainObserver& observer);
  void validate(TrainObserver& observer, std::stop_token stop);
  bool isDue(std::int64_t every) const;

  TrainerParts parts_;
  GradientMethod method_;
  ModalitySchema schema_;
  Adam optimiser_;
  std::int64_t step_ = 0;
  std::int64_t saved_ = -1;
  double best_ = -1;
};

}  // namespace modascope
