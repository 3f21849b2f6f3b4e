#pragma once

#include <memory>
#include <optional>

#include "core/config/run_config.h"
#include "core/data/sampler.h"
#include "core/events/events.h"
#include "core/gmd/projection.h"
#include "core/models/model.h"
#include "core/networks/method_facts.h"
#include "core/train/step_tape.h"

namespace modascope {

/// What was taken out of which gradient (gmd).
struct Decoupling {
  ProjectionOrder order;
  Matrix coefficients;  ///< [S, S]
};

/// What one step has to say before the weights change.
struct StepGradient {
  SubsetLosses losses;
  torch::Tensor merged;  ///< [P], for the optimiser
  std::optional<GradientFacts> facts;
  std::optional<Decoupling> decoupling;
  double forwardSeconds = 0;   ///< forward pass and losses
  double backwardSeconds = 0;  ///< all that follows, observing and audits included

  double meanLoss() const;
};

/// train.method and the gmd settings of a run: from a batch to the gradient of a step. Every random
/// choice follows from train.seed and the step alone.
class GradientMethod {
 public:
  /// Throws `Error` when settings name nothing that exists or do not fit the network.
  GradientMethod(const RunConfig& config, std::shared_ptr<const MultimodalModel> model);

  /// `step` counts from 0. Throws `Error` when no subset has a sample.
  StepGradient compute(const Batch& batch, std::int64_t step) const;

 private:
  std::vector<SubsetTask> tasksAt(const Batch& batch, std::int64_t step) const;
  bool observes(std::int64_t step) const;
  void goBack(const StepTape& tape, const Batch& batch, std::int64_t step,
              StepGradient& result) const;
  void decouple(const StepTape& tape, std::int64_t step, StepGradient& result) const;
  torch::Tensor decoupled(const GradientRows& rows, std::int64_t step, StepGradient& result) const;
  GradientFacts observed(const StepTape& tape) const;
  std::mt19937_64 stream(const char* purpose, std::int64_t step) const;

  RunConfig config_;
  MethodFacts method_;
  std::shared_ptr<const MultimodalModel> model_;
  ModalitySchema schema_;
  std::vector<ModalitySet> subsets_;
  LossKind loss_;
};

}  // namespace modascope
