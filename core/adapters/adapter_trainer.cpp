#include "core/adapters/adapter_trainer.h"

#include <cmath>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/models/torch_errors.h"
#include "core/train/subset_losses.h"

namespace modascope {

using torch::Tensor;

AdapterTrainer::AdapterTrainer(AdapterTask task)
    : task_(std::move(task)),
      adapter_(makeAdapter(task_.method, task_.base->layout(), task_.set)),
      network_(task_.base->copy()),
      delta_(adapter_->start().to(task_.base->parameters().device())),
      optimiser_(delta_, task_.weightDecay) {
  adapter_->apply(task_.base->parameters(), delta_, network_->parameters());
  if (task_.set == task_.base->describe().schema.all())
    throw Error("All modalities together need no adapter: they are the frozen network itself.");
}

AdapterResult AdapterTrainer::run(std::stop_token stop) {
  const torch::NoGradGuard noGrad;
  validate(0);
  bool learnt = false;
  for (std::int64_t step = 0; step < task_.steps && !stop.stop_requested(); ++step) {
    const Stopwatch watch;
    auto taken = withTorchErrors([&] { return oneStep(step); });
    learnt = learnt || taken;
    result_.stepsDone = step + 1;
    if (taken) taken->seconds = watch.seconds();
    if (taken && task_.onStep) task_.onStep(*taken);
    const bool due = task_.validateEvery > 0 && (step + 1) % task_.validateEvery == 0;
    if (due || step + 1 == task_.steps) validate(step + 1);
  }
  if (!learnt && result_.stepsDone > 0 && !stop.stop_requested())
    throw Error("None of the data has all of " + labelOf(task_.base->describe().schema, task_.set) +
                ", so there is nothing to learn their adapter from.");
  if (!task_.validate) {
    result_.delta = delta_.clone();
    result_.step = result_.stepsDone;
  }
  return result_;
}

std::optional<AdapterStep> AdapterTrainer::oneStep(std::int64_t step) {
  const Batch batch = task_.batch(step);
  const auto counted = tasksFor(batch.available, {task_.set});
  if (counted.empty()) return std::nullopt;
  const Tensor& frozen = task_.base->parameters();
  const Tensor samples = torch::tensor(counted.front().samples, torch::kLong);
  const auto of = [&](const Tensor& all) {
    return all.index_select(0, samples.to(all.device())).to(frozen.device());
  };
  const auto tape = network_->recordSubsets(of(batch.x), {task_.set});
  const LossAndGradient found = task_.loss(tape->outputs().front(), of(batch.y));
  const double loss = found.loss.item<double>();
  requireFinite(loss, "loss", step);
  const Tensor gradient = adapter_->pullBack(frozen, delta_, tape->pullBack({found.gradient}));
  requireFinite(gradient.norm().item<double>(), "gradient", step);
  const double rate = polynomialRate(task_.learningRate, step, task_.steps);
  optimiser_.step(gradient, rate);
  adapter_->apply(frozen, delta_, network_->parameters());
  return AdapterStep{step + 1, loss, rate, 0, batch.cases};
}

void AdapterTrainer::validate(std::int64_t stepsDone) {
  if (!task_.validate) return;
  const auto score = task_.validate(*network_, stepsDone);
  if (!score) return;
  if (stepsDone == 0) result_.frozenScore = score;
  const bool better = !result_.score || *score > *result_.score ||
                      (std::isnan(*result_.score) && !std::isnan(*score));
  if (!better) return;
  result_.score = score;
  result_.step = stepsDone;
  result_.delta = delta_.clone();
}

void AdapterTrainer::requireFinite(double value, const std::string& what, std::int64_t step) const {
  if (std::isfinite(value)) return;
  throw Error("At step " + std::to_string(step + 1) + " the " + what + " of the adapter for " +
                  labelOf(task_.base->describe().schema, task_.set) +
                  " is not a finite number. A lower learning rate often helps.",
              Fault::System);
}

}  // namespace modascope
