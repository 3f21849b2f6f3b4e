#include "app/work/corruption.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/data/sample_source.h"
#include "core/inference/sample_predictions.h"

namespace modascope {
namespace {

using torch::Tensor;

/// Independent standard normal values, the same for a seed on every machine.
Tensor noiseLike(const Tensor& t, std::mt19937_64& rng) {
  Tensor noise = torch::empty(t.sizes(), torch::kFloat32);
  float* values = noise.data_ptr<float>();
  for (std::int64_t i = 0; i < noise.numel(); ++i) {
    const double radius = std::sqrt(-2 * std::log(1 - uniform(rng)));
    values[i] = static_cast<float>(radius * std::cos(2 * std::numbers::pi * uniform(rng)));
  }
  return noise;
}

/// Samples of one cohort, one modality of each corrupted.
class CorruptedSamples {
 public:
  CorruptedSamples(const TrainedRun& run, const CohortData& data,
                   const std::vector<CaseInfo>& cases, std::uint64_t seed)
      : run_(run), data_(data), seed_{seed} {
    for (const CaseInfo& info : cases)
      if (info.available() == run.manifest.schema.all()) cases_.push_back(info);
    if (cases_.empty()) throw Error("No case has all modalities, so none can be corrupted.");
    others_.resize(cases_.size());
    std::iota(others_.begin(), others_.end(), std::size_t{0});
    auto rng = seed_.stream("others");
    for (std::size_t i = others_.size(); i > 1; --i)
      std::swap(others_[i - 1], others_[below(rng, i)]);
  }

  std::size_t count() const { return cases_.size(); }

  Sample get(std::size_t i, ModalityId id, Corruption how) const {
    Sample sample = data_.samples->get(cases_[i], run_.manifest.moments);
    const auto part = [&](const Tensor& x) {
      const InputLayout& inputs = run_.manifest.inputs;
      return x.narrow(0, inputs.offset(id), inputs[id].size());
    };
    Tensor place = part(sample.x);
    if (how == Corruption::Noise) {
      auto rng = seed_.stream("noise", i * run_.manifest.schema.size() + id.index());
      place.copy_(noiseLike(place, rng));
    } else if (how == Corruption::Constant) {
      place.fill_(1);
    } else if (how == Corruption::Shuffled) {
      const Tensor other = part(data_.samples->get(cases_[others_[i]], run_.manifest.moments).x);
      place.copy_(other.sizes() == place.sizes() ? other : resized(other, place));
    }
    return sample;
  }

 private:
  /// Of pictures that differ in size.
  static Tensor resized(const Tensor& picture, const Tensor& like) {
    return at::upsample_bilinear2d(picture.unsqueeze(0), {like.size(1), like.size(2)}, false)[0];
  }

  const TrainedRun& run_;
  const CohortData& data_;
  Seed seed_;
  std::vector<CaseInfo> cases_;
  std::vector<std::size_t> others_;  ///< whose modality takes the place of each one's
};

}  // namespace

std::string_view keyOf(Corruption corruption) {
  constexpr std::array<std::string_view, kCorruptions.size()> kKeys = {"absent", "noise",
                                                                       "constant", "shuffled"};
  return kKeys[static_cast<std::size_t>(corruption)];
}

std::optional<CorruptionTable> scoreCorrupted(const TrainedRun& run, const CohortData& data,
                                              const std::vector<CaseInfo>& cases,
                                              std::uint64_t seed, std::stop_token stop) {
  if (data.samples == nullptr)
    throw Error("Corrupted inputs are there for features and pictures, not for volumes.");
  const CorruptedSamples samples(run, data, cases, seed);
  const Problem problem = run.manifest.problem();
  const auto scoreOf = [&](ModalitySet set, ModalityId id,
                           Corruption how) -> std::optional<double> {
    SampleEvaluation evaluation;
    evaluation.count = samples.count();
    evaluation.load = [&](std::size_t i) { return samples.get(i, id, how); };
    if (problem.task == Task::Segmentation2d) evaluation.chunk = 1;
    evaluation.subsets = {set};
    const auto table = scoreSamples(run.network, problem, evaluation, stop);
    if (!table) return std::nullopt;
    return mainScore(problem.task, table->rows.front().scores);
  };
  const ModalitySet all = problem.schema.all();
  CorruptionTable table{problem.schema, problem.task, 0, {}, static_cast<int>(samples.count())};
  const auto intact = scoreOf(all, ModalityId(0), Corruption::Absent);
  if (!intact) return std::nullopt;
  table.intact = *intact;
  for (const ModalityId id : problem.schema.ids()) {
    table.scores.emplace_back();
    for (const Corruption how : kCorruptions) {
      const auto seen = how == Corruption::Absent ? all.without(id) : all;
      const auto score = seen ? scoreOf(*seen, id, how) : std::optional(0.0);
      if (!score) return std::nullopt;
      table.scores.back()[static_cast<std::size_t>(how)] = *score;
    }
  }
  return table;
}

}  // namespace modascope
