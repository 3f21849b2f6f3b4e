#include "core/inference/sample_predictions.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/metrics/sample_scores.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

using torch::Tensor;

Tensor onHost(const Tensor& t) {
  return t.to(torch::kCPU).contiguous();
}

template <typename Value>
void appendTo(std::vector<Value>& values, const Tensor& t) {
  values.insert(values.end(), t.data_ptr<Value>(), t.data_ptr<Value>() + t.numel());
}

std::vector<std::string> columnsOf(const Problem& problem) {
  switch (factsOf(problem.task).output) {
    case OutputKind::OneClass:
      return classificationColumns();
    case OutputKind::OneNumber:
      return regressionColumns(problem.outputs.front() == "sentiment");
    default:
      return PixelCounts::columns(problem.outputs);
  }
}

/// Those of a batch that have all of the set.
std::vector<std::int64_t> rowsWith(ModalitySet set, const std::vector<Sample>& batch) {
  std::vector<std::int64_t> rows;
  for (std::size_t n = 0; n < batch.size(); ++n)
    if (batch[n].available && batch[n].available->contains(set))
      rows.push_back(static_cast<std::int64_t>(n));
  return rows;
}

/// Samples with their numbers; those that are left out are not among them.
struct Chunk {
  std::vector<Sample> samples;
  std::vector<std::size_t> numbers;
};

Chunk loadChunk(const SampleEvaluation& samples, std::size_t first) {
  Chunk chunk;
  for (std::size_t i = first; i < std::min(first + samples.chunk, samples.count); ++i) {
    auto sample = samples.load(i);
    if (!sample) continue;
    chunk.samples.push_back(std::move(*sample));
    chunk.numbers.push_back(i);
  }
  return chunk;
}

template <typename Part>
Tensor stacked(const std::vector<Sample>& batch, Part part) {
  std::vector<Tensor> all;
  for (const Sample& sample : batch) all.push_back(sample.*part);
  return at::stack(all);
}

SamplePredictions predictionsFor(const std::shared_ptr<const MultimodalModel>& model,
                                 const Problem& problem, const SampleEvaluation& samples,
                                 const Chunk& chunk) {
  const Tensor x = stacked(chunk.samples, &Sample::x);
  if (!samples.standIn) return SamplePredictions(model, x);
  std::vector<Tensor> others;
  for (const std::size_t number : chunk.numbers) others.push_back(samples.standIn(number));
  return SamplePredictions(model, problem.inputs, x, {at::stack(others), problem.schema.all()});
}

}  // namespace

SamplePredictions::SamplePredictions(std::shared_ptr<const MultimodalModel> model, Tensor x)
    : model_(std::move(model)),
      x_(x.to(model_->parameters().device())),
      branches_(branchesOf(x_)) {}

SamplePredictions::SamplePredictions(std::shared_ptr<const MultimodalModel> model,
                                     const InputLayout& inputs, Tensor x, StandIns standIns)
    : SamplePredictions(std::move(model), std::move(x)) {
  inputs_ = inputs;
  standIns_ = StandIns{standIns.x.to(x_.device()), standIns.given};
  standInBranches_ = branchesOf(standIns_->x);
}

Tensor SamplePredictions::branchesOf(const Tensor& x) const {
  const auto* late = dynamic_cast<const LateFusionModel*>(model_.get());
  return late ? onHost(late->branchLogits(x, late->describe().schema.ids())) : Tensor();
}

Tensor SamplePredictions::outputs(ModalitySet set) const {
  if (standIns_) return withStandIns(set);
  if (!branches_.defined()) return onHost(model_->logits(x_, set));
  return branches_.index_select(1, indicesOf(set, branches_.device())).mean(1);
}

Tensor SamplePredictions::withStandIns(ModalitySet set) const {
  std::vector<Tensor> parts;
  if (branches_.defined()) {
    for (const ModalityId id : standIns_->given.ids())
      parts.push_back((set.contains(id) ? branches_ : standInBranches_)
                          .select(1, static_cast<std::int64_t>(id.index())));
    return at::stack(parts, 1).mean(1);
  }
  Tensor mixed = x_.clone();
  for (const ModalityId id : standIns_->given.ids()) {
    if (set.contains(id)) continue;
    const auto place = [&](const Tensor& x) {
      return x.narrow(1, inputs_.offset(id), inputs_[id].size());
    };
    place(mixed).copy_(place(standIns_->x));
  }
  return onHost(model_->logits(mixed, standIns_->given));
}

/// What was predicted and what is true, of one subset.
struct SampleScores::Pool {
  std::vector<std::int64_t> predictedClasses, trueClasses;
  std::vector<float> predicted, truth;
  std::optional<PixelCounts> pixels;
  int cases = 0;

  std::vector<double> scores(const Problem& problem) const {
    switch (factsOf(problem.task).output) {
      case OutputKind::OneClass:
        return classificationScores(predictedClasses, trueClasses, problem.outputs.size());
      case OutputKind::OneNumber:
        return regressionScores(predicted, truth, problem.outputs.front() == "sentiment");
      default:
        return pixels->scores();
    }
  }
};

SampleScores::SampleScores(const Problem& problem, std::vector<ModalitySet> subsets)
    : problem_(problem) {
  if (subsets.empty()) subsets = allSubsets(problem_.schema);
  for (const ModalitySet set : subsets) {
    pools_.emplace_back(set, std::make_unique<Pool>());
    if (factsOf(problem_.task).output == OutputKind::PixelClasses)
      pools_.back().second->pixels.emplace(problem_.outputs.size());
  }
}

SampleScores::SampleScores(SampleScores&&) noexcept = default;
SampleScores::~SampleScores() = default;

void SampleScores::add(ModalitySet set, const Tensor& f, const Tensor& y) {
  const auto at = std::find_if(pools_.begin(), pools_.end(),
                               [&](const auto& pool) { return pool.first == set; });
  Pool& pool = *at->second;
  pool.cases += static_cast<int>(f.size(0));
  const OutputKind output = factsOf(problem_.task).output;
  if (output == OutputKind::OneNumber) {
    appendTo(pool.predicted, onHost(f));
    appendTo(pool.truth, onHost(y));
  } else if (output == OutputKind::OneClass) {
    appendTo(pool.predictedClasses, onHost(f.argmax(1)));
    appendTo(pool.trueClasses, onHost(y.argmax(1)));
  } else {
    const Tensor predicted = onHost(f.argmax(1).to(torch::kUInt8));
    const Tensor known = y.sum(1) > 0;
    const Tensor truth =
        onHost(at::where(known, y.argmax(1),
                         torch::full_like(y.select(1, 0), PixelCounts::kUnknown).to(torch::kLong))
                   .to(torch::kUInt8));
    const auto pixels = static_cast<std::size_t>(truth.numel());
    pool.pixels->add({predicted.data_ptr<std::uint8_t>(), pixels},
                     {truth.data_ptr<std::uint8_t>(), pixels});
  }
}

SubsetTable SampleScores::table() const {
  SubsetTable table{problem_.schema, columnsOf(problem_), {}};
  table.task = problem_.task;
  for (const auto& [set, pool] : pools_)
    table.rows.push_back(
        {set,
         pool->cases > 0 ? pool->scores(problem_) : std::vector<double>(table.columns.size(), 0.0),
         pool->cases});
  return table;
}

std::optional<SubsetTable> scoreSamples(const std::shared_ptr<const MultimodalModel>& model,
                                        const Problem& problem, const SampleEvaluation& samples,
                                        std::stop_token stop) {
  const auto subsets = samples.subsets.empty() ? allSubsets(problem.schema) : samples.subsets;
  SampleScores all(problem, subsets);
  for (std::size_t first = 0; first < samples.count; first += samples.chunk) {
    const Chunk chunk = loadChunk(samples, first);
    const std::vector<Sample>& batch = chunk.samples;
    if (batch.empty()) continue;
    const auto predictions = predictionsFor(model, problem, samples, chunk);
    const Tensor y = stacked(batch, &Sample::y);
    std::vector<SampleScores> own;
    if (samples.each)
      for (std::size_t n = 0; n < batch.size(); ++n) own.emplace_back(problem, subsets);
    for (const ModalitySet set : subsets) {
      if (stop.stop_requested()) return std::nullopt;
      const auto rows = rowsWith(set, batch);
      if (rows.empty()) continue;
      const Tensor which = torch::tensor(rows, torch::kLong);
      const Tensor f = predictions.outputs(set);
      all.add(set, f.index_select(0, which), y.index_select(0, which));
      if (!own.empty())
        for (const std::int64_t n : rows)
          own[static_cast<std::size_t>(n)].add(set, f.narrow(0, n, 1), y.narrow(0, n, 1));
    }
    for (std::size_t n = 0; n < own.size(); ++n) samples.each(batch[n].id, own[n].table());
  }
  return all.table();
}

}  // namespace modascope
