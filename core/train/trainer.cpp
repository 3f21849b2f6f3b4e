#include "core/train/trainer.h"

#include <chrono>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/models/torch_errors.h"
#include "core/train/checkpoint.h"

namespace modascope {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

void requireFinite(const SubsetLosses& losses, const StepEvent& event,
                   const ModalitySchema& schema) {
  for (std::size_t s = 0; s < losses.losses.size(); ++s)
    if (!std::isfinite(losses.losses[s]))
      throw Error("At step " + std::to_string(event.step) + " the loss of " +
                      labelOf(schema, losses.tasks[s].set) + " is not a finite number (case " +
                      joined(event.cases) +
                      "). The weights were not changed; the last checkpoint is good. A lower "
                      "train.lr often helps.",
                  Fault::System);
}

/// Norm of the gradient; names the first bad block when it is not finite.
double requireFinite(const torch::Tensor& gradient, const StepEvent& event,
                     const ParameterLayout& layout) {
  const double norm = gradient.norm().item<double>();
  if (std::isfinite(norm)) return norm;
  for (const ParameterBlock& block : layout.blocks())
    if (!gradient.narrow(0, block.offset, block.size).isfinite().all().item<bool>())
      throw Error("At step " + std::to_string(event.step) + " the gradient of " + block.name +
                      " is not finite (case " + joined(event.cases) +
                      "). The weights were not changed; the last checkpoint is good.",
                  Fault::System);
  return norm;
}

}  // namespace

Trainer::Trainer(TrainerParts parts)
    : parts_(std::move(parts)),
      method_(parts_.config, parts_.model),
      schema_(parts_.model->describe().schema),
      optimiser_(parts_.model->parameters(), parts_.config.train.weightDecay) {}

std::int64_t Trainer::resume() {
  step_ = saved_ = loadTraining(parts_.checkpoints, *parts_.model, optimiser_);
  return step_;
}

bool Trainer::isDue(std::int64_t every) const {
  return every > 0 && step_ % every == 0;
}

RunState Trainer::run(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop) {
  const torch::NoGradGuard noGrad;
  const auto started = Clock::now();
  observer.onState(RunState::Running, "");
  while (step_ < parts_.config.train.steps) {
    waitIfPaused(observer, pause, stop);
    if (stop.stop_requested()) {
      observer.onState(RunState::Stopping, "");
      saveCheckpoint(observer);
      return RunState::Interrupted;
    }
    const auto stepStarted = Clock::now();
    StepEvent event = withTorchErrors([this] { return oneStep(); });
    event.seconds = secondsSince(stepStarted);
    event.elapsedSeconds = secondsSince(started);
    ++step_;
    observer.onStep(event);
    if (isDue(parts_.config.train.checkpointEvery)) saveCheckpoint(observer);
    if (isDue(parts_.config.train.validateEvery)) validate(observer, stop);
  }
  saveCheckpoint(observer);
  if (!isDue(parts_.config.train.validateEvery)) validate(observer, stop);
  return RunState::Finished;
}

StepEvent Trainer::oneStep() {
  const RunConfig& config = parts_.config;
  const Batch batch = parts_.sampler->batch(step_);

  StepEvent event;
  event.step = step_ + 1;
  event.steps = config.train.steps;
  event.epoch = parts_.sampler->epochAt(step_ + 1);
  event.learningRate = polynomialRate(config.train.lr, step_, config.train.steps);
  event.cases = batch.cases;

  const StepGradient found = method_.compute(batch, step_);
  requireFinite(found.losses, event, schema_);
  event.subsets = setsOf(found.losses.tasks);
  event.losses = found.losses.losses;
  event.meanLoss = found.meanLoss();
  event.gradients = found.facts;
  const double norm = requireFinite(found.merged, event, parts_.model->layout());
  if (event.gradients) event.gradients->mergedNorm = norm;
  optimiser_.step(found.merged, event.learningRate);
  return event;
}

void Trainer::waitIfPaused(TrainObserver& observer, PauseSwitch* pause, std::stop_token stop) {
  if (pause == nullptr || !pause->isPaused()) return;
  saveCheckpoint(observer);
  observer.onState(RunState::Paused, "");
  pause->wait(stop);
  if (!stop.stop_requested()) observer.onState(RunState::Running, "");
}

void Trainer::saveCheckpoint(TrainObserver& observer) {
  if (saved_ == step_) return;
  saveTraining(parts_.checkpoints, *parts_.model, optimiser_, step_);
  saveWeights(parts_.checkpoints, "last", *parts_.model, step_);
  saved_ = step_;
  observer.onCheckpoint(step_);
}

void Trainer::validate(TrainObserver& observer, std::stop_token stop) {
  if (!parts_.validate || parts_.config.train.validateEvery == 0) return;
  const auto dice = parts_.validate(stop);
  if (dice.empty()) return;
  const double mean =
      std::accumulate(dice.begin(), dice.end(), 0.0) / static_cast<double>(dice.size());
  const bool best = mean > best_;
  if (best) {
    best_ = mean;
    saveWeights(parts_.checkpoints, "best", *parts_.model, step_);
  }
  observer.onValidation({step_, parts_.model->describe().outputs, dice, best});
}

}  // namespace modascope
