#include "core/inference/samples/sample_predictions.h"

#include <algorithm>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

Tensor onHost(const Tensor& t) {
  return t.to(torch::kCPU).contiguous();
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

SampleScores::SampleScores(const Problem& problem, std::vector<ModalitySet> subsets)
    : problem_(problem) {
  if (subsets.empty()) subsets = allSubsets(problem_.schema);
  for (const ModalitySet set : subsets) pools_.push_back({set, makeScorePool(problem_)});
}

void SampleScores::add(ModalitySet set, const Tensor& f, const Tensor& y) {
  const auto of =
      std::find_if(pools_.begin(), pools_.end(), [&](const Pool& pool) { return pool.set == set; });
  of->samples += static_cast<int>(f.size(0));
  of->outputs->add(f, y);
}

SubsetTable SampleScores::table() const {
  SubsetTable table{problem_.schema, pools_.front().outputs->columns(), {}};
  table.task = problem_.task;
  const std::vector<double> none(table.columns.size(), 0.0);
  for (const Pool& pool : pools_)
    table.rows.push_back(
        {pool.set, pool.samples > 0 ? pool.outputs->scores() : none, pool.samples});
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
