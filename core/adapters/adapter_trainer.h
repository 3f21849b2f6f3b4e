#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/adapters/adapter.h"
#include "core/data/sampler.h"
#include "core/models/model.h"
#include "core/optim/adam.h"
#include "core/train/loss.h"

namespace modascope {

/// One step of learning, as it went.
struct AdapterStep {
  std::int64_t step = 0;  ///< 1 for the first
  double loss = 0;
  double learningRate = 0;
  double seconds = 0;
  std::vector<std::string> cases;  ///< in the batch
};

/// One subset's adapter to be learnt on a frozen network.
struct AdapterTask {
  std::shared_ptr<const MultimodalModel> base;
  AdapterMethod method;
  ModalitySet set;

  /// `step` counts from 0. Samples that lack a modality of the subset do not count.
  std::function<Batch(std::int64_t step)> batch;
  std::function<LossAndGradient(const torch::Tensor& logits, const torch::Tensor& target)> loss;
  std::int64_t steps = 0;
  double learningRate = 1e-3;  ///< falls as `polynomialRate` says
  double weightDecay = 0;

  /// Larger is better, nothing when stopped; asked with the adapted network before the first step,
  /// every `validateEvery` steps (0: never) and after the last one. To be asked about `set` alone.
  /// May be empty.
  std::function<std::optional<double>(const MultimodalModel&, std::int64_t stepsDone)> validate =
      {};
  std::int64_t validateEvery = 0;
  /// Not called where no sample of the batch counts. May be empty.
  std::function<void(const AdapterStep&)> onStep = {};
};

struct AdapterResult {
  torch::Tensor delta;         ///< [count], the best validated; without validation the last
  std::int64_t step = 0;       ///< steps after which it was so; 0: the frozen network itself
  std::int64_t stepsDone = 0;  ///< fewer than asked for after a stop
  /// The frozen network's own score, and that of `delta`; nothing without validation.
  std::optional<double> frozenScore;
  std::optional<double> score;
};

/// Learns δ by Adam; the base stays as it is. Runs on the caller's thread.
class AdapterTrainer {
 public:
  /// Throws `Error` for the full set, which needs no adapter, and for an unknown method.
  explicit AdapterTrainer(AdapterTask task);

  /// Once. Throws `Error` when a loss or gradient is not finite, or when no step had a sample with
  /// all of the subset's modalities.
  AdapterResult run(std::stop_token stop);

 private:
  /// Nothing when no sample counts.
  std::optional<AdapterStep> oneStep(std::int64_t step);
  void validate(std::int64_t stepsDone);
  void requireFinite(double value, const std::string& what, std::int64_t step) const;

  AdapterTask task_;
  std::unique_ptr<const Adapter> adapter_;
  std::unique_ptr<MultimodalModel> network_;  ///< the base as δ changes it
  torch::Tensor delta_;
  Adam optimiser_;
  AdapterResult result_;
};

}  // namespace modascope
