#include "core/train/trainer.h"

#include "core/base/stopwatch.h"
#include "core/events/run_phase.h"
#include "core/models/torch_errors.h"
#include "core/train/finite_check.h"
#include "core/train/memory_estimate.h"

namespace modascope {
namespace {

/// Validations that the steps after `step` lead to.
std::int64_t validationsAfter(std::int64_t step, const RunConfig::Train& train) {
  const std::int64_t every = train.validateEvery;
  if (every == 0 || step >= train.steps) return 0;
  const bool another = train.steps % every != 0;  // at the very end
  return train.steps / every - step / every + (another ? 1 : 0);
}

}  // namespace

Trainer::Trainer(TrainerParts parts)
    : parts_(std::move(parts)),
      method_(parts_.config, parts_.model),
      schema_(parts_.model->describe().schema),
      optimiser_(parts_.model->parameters(), parts_.config.train.weightDecay),
      checkpoints_(parts_.checkpoints, parts_.config.train) {
  if (parts_.inputs.shapes().empty()) parts_.inputs = InputLayout::singleChannels(schema_.size());
}

std::int64_t Trainer::resume() {
  progress_ = checkpoints_.resume(*parts_.model, optimiser_);
  return progress_.step;
}

RunState Trainer::run(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop) {
  const torch::NoGradGuard noGrad;
  const Stopwatch run;
  observer.onState(RunState::Running, "");
  const std::int64_t toCome =
      parts_.validate ? validationsAfter(progress_.step, parts_.config.train) : 0;
  observer.onPhase({RunPhase::Training, 0, 0, toCome});
  validateIfDue(observer, stop);  // a stop may have come before it was done
  while (progress_.step < parts_.config.train.steps) {
    waitIfPaused(observer, pause, stop);
    if (stop.stop_requested()) {
      observer.onState(RunState::Stopping, "");
      observer.onPhase({RunPhase::Writing});
      saveCheckpoint(observer);
      return RunState::Interrupted;
    }
    const Stopwatch step;
    StepEvent event = withTorchErrors([&] { return oneStep(observer); },
                                      memoryAdvice(parts_.config, parts_.task));
    event.seconds = step.seconds();
    event.elapsedSeconds = run.seconds();
    ++progress_.step;
    observer.onStep(event);
    validateIfDue(observer, stop);
    if (checkpoints_.afterStep(*parts_.model, optimiser_, progress_))
      observer.onCheckpoint(progress_.step);
  }
  observer.onPhase({RunPhase::Writing});
  saveCheckpoint(observer);
  return isValidationDue() ? RunState::Interrupted : RunState::Finished;
}

StepEvent Trainer::oneStep(TrainObserver& observer) {
  const RunConfig& config = parts_.config;
  const Batch batch = parts_.sampler->batch(progress_.step);
  for (const std::string& note : batch.notes) observer.onNote(note);
  StepEvent event;
  event.step = progress_.step + 1;
  event.steps = config.train.steps;
  event.epoch = parts_.sampler->epochAt(event.step);
  event.learningRate = polynomialRate(config.train.lr, progress_.step, config.train.steps);
  event.cases = batch.cases;

  requireFiniteInputs(batch, schema_, parts_.inputs, event.step);
  const StepGradient found = method_.compute(batch, progress_.step);
  requireFiniteLosses(found.losses, batch, *parts_.model, event.step);
  event.subsets = setsOf(found.losses.tasks);
  event.losses = found.losses.losses;
  event.meanLoss = found.meanLoss();
  event.gradients = found.facts;
  const double norm =
      requireFiniteGradient(found.merged, batch, parts_.model->layout(), event.step);
  if (event.gradients) event.gradients->mergedNorm = norm;
  optimiser_.step(found.merged, event.learningRate);
  return event;
}

void Trainer::waitIfPaused(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop) {
  if (pause == nullptr || !pause->isPaused()) return;
  saveCheckpoint(observer);
  holdWhilePaused(*pause, observer, std::move(stop));
}

void Trainer::saveCheckpoint(TrainObserver& observer) {
  if (checkpoints_.save(*parts_.model, optimiser_, progress_))
    observer.onCheckpoint(progress_.step);
}

bool Trainer::isValidationDue() const {
  const RunConfig::Train& train = parts_.config.train;
  const std::int64_t step = progress_.step;
  if (!parts_.validate || train.validateEvery == 0 || progress_.validated == step) return false;
  return step == train.steps || (step > 0 && step % train.validateEvery == 0);
}

void Trainer::validateIfDue(TrainObserver& observer, std::stop_token stop) {
  if (!isValidationDue()) return;
  const std::int64_t later = validationsAfter(progress_.step, parts_.config.train);
  observer.onPhase({RunPhase::Validating, 0, 0, later + 1});
  const auto found = parts_.validate(stop);
  if (!found) return;
  progress_.validated = progress_.step;
  const bool best = found->main > progress_.bestScore;
  if (best) {
    progress_.bestScore = found->main;
    checkpoints_.saveBest(*parts_.model, progress_);
  }
  observer.onValidation({progress_.step, found->columns, found->scores, best});
  observer.onPhase({RunPhase::Training, 0, 0, later});
}

}  // namespace modascope
