#include "core/train/gradient_method.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/base/stopwatch.h"
#include "core/train/subset_choice.h"

namespace modascope {
namespace {

ConflictOver conflictOverFrom(const std::string& name) {
  return name == "shared" ? ConflictOver::Shared : ConflictOver::All;
}

Merge mergeFrom(const std::string& name) {
  return name == "sum" ? Merge::Sum : Merge::Mean;
}

/// Norms of the singleton subsets from the Gram matrix's diagonal; shares only of a sum that holds
/// every modality.
GradientFacts factsFrom(const Matrix& gram, const std::vector<ModalitySet>& subsets,
                        std::size_t modalities) {
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  GradientFacts facts;
  facts.modalityNorms.assign(modalities, unknown);
  facts.shares.assign(modalities, unknown);
  facts.gram = gram;
  facts.conflictingPairs = conflictingPairs(gram);
  for (std::size_t s = 0; s < subsets.size(); ++s)
    if (subsets[s].size() == 1)
      facts.modalityNorms[subsets[s].ids().front().index()] = std::sqrt(std::max(gram(s, s), 0.0));
  double sum = 0;
  for (const double norm : facts.modalityNorms) sum += norm;  // NaN where one was not measured
  for (std::size_t m = 0; m < modalities; ++m)
    if (sum > 0) facts.shares[m] = facts.modalityNorms[m] / sum;
  return facts;
}

/// In double: near 1, float's rounding is as large as what is measured.
double cosine(const torch::Tensor& first, const torch::Tensor& second) {
  const torch::Tensor a = first.to(torch::kFloat64), b = second.to(torch::kFloat64);
  return (a.dot(b) / (a.norm() * b.norm())).item<double>();
}

void requireFit(const RunConfig& config, const MethodFacts& method, const MultimodalModel& model) {
  const std::string kind = inQuotes(config.model.kind);
  if (method.decouples && !model.sharesParameters())
    throw Error("train.method " + config.train.method +
                " takes conflicts out of shared parameters; the networks of model.kind " + kind +
                " share none, so use joint.");
  if (method.decouples && config.gmd.tolerance > 0 &&
      dynamic_cast<const LateFusionModel*>(&model) == nullptr)
    throw Error("gmd.tolerance shortens the backward pass of late fusion only; for model.kind " +
                kind + " it must be 0.");
  if (config.train.crop % model.granularity() != 0)
    throw Error("train.crop is " + std::to_string(config.train.crop) + "; model.kind " + kind +
                " needs a multiple of " + std::to_string(model.granularity()) + ".");
}

}  // namespace

double StepGradient::meanLoss() const {
  double sum = 0, weight = 0;
  for (std::size_t s = 0; s < losses.tasks.size(); ++s) {
    sum += losses.tasks[s].weight * losses.losses[s];
    weight += losses.tasks[s].weight;
  }
  return sum / weight;
}

GradientMethod::GradientMethod(const RunConfig& config,
                               std::shared_ptr<const MultimodalModel> model)
    : config_(config),
      method_(gradientMethodNamed(config.train.method)),
      model_(std::move(model)),
      schema_(model_->describe().schema),
      subsets_(namedSubsets(schema_, config.gmd.subsets)),
      loss_(lossFrom(config.train.loss)) {
  requireFit(config_, method_, *model_);
}

std::mt19937_64 GradientMethod::stream(const char* purpose, std::int64_t step) const {
  return Seed{static_cast<std::uint64_t>(config_.train.seed)}.stream(
      purpose, static_cast<std::uint64_t>(step) + 1);
}

std::vector<SubsetTask> GradientMethod::tasksAt(const Batch& batch, std::int64_t step) const {
  auto rng = stream("subsets", step);
  std::vector<SubsetTask> tasks;
  if (method_.dropsModalities) {
    tasks = droppedTasks(batch.available, subsets_, rng);
  } else {
    const auto count = static_cast<std::size_t>(config_.gmd.subsetsPerStep);
    tasks = tasksFor(batch.available, drawSubsets(subsets_, count, rng));
  }
  if (tasks.empty())
    throw Error("Nothing in the batch of step " + std::to_string(step + 1) +
                " has all modalities of any subset that gmd.subsets names.");
  // Networks that share nothing each take their own loss in full.
  if (!model_->sharesParameters())
    for (SubsetTask& task : tasks) task.weight = 1;
  return tasks;
}

bool GradientMethod::observes(std::int64_t step) const {
  const std::int64_t every = config_.train.observeEvery;
  return every > 0 && step % every == 0 && model_->sharesParameters();
}

StepGradient GradientMethod::compute(const Batch& batch, std::int64_t step) const {
  const Stopwatch watch;
  const auto device = model_->parameters().device();
  const Batch there{batch.x.to(device), batch.y.to(device), batch.available, batch.cases};
  const auto tape = recordStep(*model_, there.x, there.y, tasksAt(there, step), loss_);
  StepGradient result;
  result.losses = tape->losses();
  result.forwardSeconds = watch.seconds();
  for (const double loss : result.losses.losses)
    if (!std::isfinite(loss)) return result;  // a gradient of it says nothing
  goBack(*tape, there, step, result);
  result.backwardSeconds = watch.seconds() - result.forwardSeconds;
  return result;
}

void GradientMethod::goBack(const StepTape& tape, const Batch& batch, std::int64_t step,
                            StepGradient& result) const {
  if (method_.decouples) return decouple(tape, step, result);
  // Measuring must not change what is measured: these steps take the same path every time.
  result.merged = tape.jointGradient();
  if (!observes(step)) return;
  if (method_.dropsModalities)
    result.facts = observed(
        *recordStep(*model_, batch.x, batch.y, tasksFor(batch.available, subsets_), loss_));
  else
    result.facts = observed(tape);
}

GradientFacts GradientMethod::observed(const StepTape& tape) const {
  const GradientRows rows = tape.exactRows();
  return factsFrom(gram(rows, model_->layout(), conflictOverFrom(config_.gmd.conflictOver)),
                   rows.subsets, schema_.size());
}

torch::Tensor GradientMethod::decoupled(const GradientRows& rows, std::int64_t step,
                                        StepGradient& result) const {
  const ParameterLayout& layout = model_->layout();
  const Matrix table = gram(rows, layout, conflictOverFrom(config_.gmd.conflictOver));
  auto rng = stream("projection", step);
  Decoupling taken{randomOrder(table.rows(), rng), {}};
  taken.coefficients = projectConflicts(table, taken.order);
  result.facts = factsFrom(table, rows.subsets, schema_.size());
  auto merged = mergeRows(rows, taken.coefficients, layout, mergeFrom(config_.gmd.merge));
  result.decoupling = std::move(taken);
  return merged;
}

void GradientMethod::decouple(const StepTape& tape, std::int64_t step, StepGradient& result) const {
  if (config_.gmd.tolerance == 0) {
    result.merged = decoupled(tape.exactRows(), step, result);
    return;
  }
  BasisRows basis = tape.basisRows(config_.gmd.tolerance);
  result.merged = decoupled(basis.rows, step, result);
  result.facts->ranks = basis.ranks;
  result.facts->discarded = basis.discarded;
  const std::int64_t every = config_.gmd.auditEvery;
  if (every == 0 || step % every != 0) return;
  StepGradient exact;
  result.facts->exactCosine = cosine(result.merged, decoupled(tape.exactRows(), step, exact));
}

}  // namespace modascope
