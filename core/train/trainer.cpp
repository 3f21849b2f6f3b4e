#include "core/train/trainer.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/gmd/projection.h"
#include "core/models/torch_errors.h"
#include "core/train/checkpoint.h"
#include "core/train/subset_gradients.h"

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
                      labelOf(schema, losses.subsets[s]) + " is not a finite number (case " +
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

/// Norms and shares of the singleton subsets from the Gram matrix's diagonal.
GradientFacts factsFrom(const Matrix& gram, const std::vector<ModalitySet>& subsets,
                        std::size_t modalities) {
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  GradientFacts facts{std::vector<double>(modalities, unknown),
                      std::vector<double>(modalities, unknown), gram, conflictingPairs(gram), 0};
  double sum = 0;
  for (std::size_t s = 0; s < subsets.size(); ++s) {
    if (subsets[s].size() != 1) continue;
    const double norm = std::sqrt(std::max(gram(s, s), 0.0));
    facts.modalityNorms[subsets[s].ids().front().index()] = norm;
    sum += norm;
  }
  for (std::size_t m = 0; m < modalities; ++m)
    if (sum > 0) facts.shares[m] = facts.modalityNorms[m] / sum;
  return facts;
}

ConflictOver conflictOverFrom(const std::string& name) {
  return name == "shared" ? ConflictOver::Shared : ConflictOver::All;
}

}  // namespace

Trainer::Trainer(TrainerParts parts)
    : parts_(std::move(parts)),
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
  Batch batch = parts_.sampler->batch(step_);
  const auto device = parts_.model->parameters().device();
  batch.x = batch.x.to(device);
  batch.y = batch.y.to(device);

  StepEvent event;
  event.step = step_ + 1;
  event.steps = config.train.steps;
  event.epoch = parts_.sampler->epochAt(step_ + 1);
  event.learningRate = polynomialRate(config.train.lr, step_, config.train.steps);
  event.cases = batch.cases;

  const ModalitySchema schema = parts_.model->describe().schema;
  const auto tape = parts_.model->record(batch.x);
  const auto losses =
      subsetLosses(tape->logits(), batch, allSubsets(schema), lossFrom(config.train.loss));
  requireFinite(losses, event, schema);
  event.subsets = losses.subsets;
  event.losses = losses.losses;
  event.meanLoss = std::accumulate(losses.losses.begin(), losses.losses.end(), 0.0) /
                   static_cast<double>(losses.losses.size());
  const torch::Tensor gradient = gradientFor(*tape, losses, event);
  const double norm = requireFinite(gradient, event, parts_.model->layout());
  if (event.gradients) event.gradients->mergedNorm = norm;
  optimiser_.step(gradient, event.learningRate);
  return event;
}

torch::Tensor Trainer::gradientFor(const BranchTape& tape, const SubsetLosses& losses,
                                   StepEvent& event) {
  const RunConfig& config = parts_.config;
  const ParameterLayout& layout = parts_.model->layout();
  const auto modalities = static_cast<std::size_t>(tape.logits().size(1));
  const bool joint = config.train.method == "joint";
  const bool observe =
      config.train.observeEvery > 0 && (event.step - 1) % config.train.observeEvery == 0;
  if (joint && !observe) return jointGradient(tape, losses);

  const GradientRows rows = exactRows(tape, losses);
  const Matrix table = gram(rows, layout, conflictOverFrom(config.gmd.conflictOver));
  event.gradients = factsFrom(table, losses.subsets, modalities);
  // Measuring must not change what is measured: joint steps take the same path every time.
  if (joint) return jointGradient(tape, losses);
  auto rng = Seed{static_cast<std::uint64_t>(config.train.seed)}.stream(
      "projection", static_cast<std::uint64_t>(event.step));
  return mergeRows(rows, projectConflicts(table, rng), layout,
                   config.gmd.merge == "sum" ? Merge::Sum : Merge::Mean);
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
