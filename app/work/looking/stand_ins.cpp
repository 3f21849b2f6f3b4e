#include "app/work/looking/stand_ins.h"

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/data/corrupted_input.h"
#include "core/data/sample_source.h"
#include "core/inference/sample_predictions.h"
#include "core/inference/subset_scores.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

/// The cases that can be corrupted, and whose modalities take the place of each one's.
struct Cast {
  std::vector<CaseInfo> cases;
  std::vector<std::size_t> others;
};

Cast castOf(const ModalitySchema& schema, const std::vector<CaseInfo>& cases, Seed seed) {
  if (schema.size() < 2)
    throw Error("The network has one modality only: with that corrupted nothing is left.");
  Cast cast;
  for (const CaseInfo& info : cases)
    if (info.available() == schema.all()) cast.cases.push_back(info);
  if (cast.cases.empty())
    throw Error("None of the data has all modalities, so none can be corrupted.");
  cast.others.resize(cast.cases.size());
  std::iota(cast.others.begin(), cast.others.end(), std::size_t{0});
  auto rng = seed.stream("others");
  for (std::size_t i = cast.others.size(); i > 1; --i)
    std::swap(cast.others[i - 1], cast.others[below(rng, i)]);
  return cast;
}

/// All modalities, then all but each.
std::vector<ModalitySet> intactSets(const ModalitySchema& schema) {
  std::vector<ModalitySet> sets{schema.all()};
  for (const ModalityId id : schema.ids()) sets.push_back(*schema.all().without(id));
  return sets;
}

/// All subsets if none are named.
std::optional<SubsetTable> scoreSamplesWith(const TrainedRun& run, const SampleSource& source,
                                            const Cast& cast, Corruption how, Seed seed,
                                            const std::vector<ModalitySet>& subsets,
                                            std::stop_token stop) {
  const Problem problem = run.manifest.problem();
  const auto get = [&](std::size_t i) { return source.get(cast.cases[i], run.manifest.moments); };
  SampleEvaluation evaluation;
  evaluation.count = cast.cases.size();
  evaluation.load = get;
  if (factsOf(problem.task).data == DataKind::Pictures) evaluation.chunk = 1;
  evaluation.subsets = subsets;
  if (how != Corruption::Absent)
    evaluation.standIn = [&](std::size_t i) {
      return corrupted(get(i), how, get(cast.others[i]), Seed{seed.value + i});
    };
  return scoreSamples(run.network, problem, evaluation, stop);
}

std::optional<SubsetTable> scoreVolumesWith(const TrainedRun& run, const Cast& cast, Corruption how,
                                            Seed seed, std::stop_token stop) {
  const ModalitySchema& schema = run.manifest.schema;
  std::vector<SubsetTable> tables;
  for (std::size_t i = 0; i < cast.cases.size(); ++i) {
    const LabelledPatient patient(readCase(cast.cases[i]));
    const StandIn standIn =
        standInFor(*run.segmenter, how, cast.cases[cast.others[i]], Seed{seed.value + i});
    const auto prediction = run.segmenter->predict(patient.patient(), standIn, stop);
    if (!prediction) return std::nullopt;
    auto table =
        scoreSubsets(*prediction, patient.labels(), schema, Scores::Dice, stop, intactSets(schema));
    if (!table) return std::nullopt;
    tables.push_back(std::move(*table));
  }
  return pooled(tables);
}

/// The whole input of the window's sample, with all modalities replaced.
torch::Tensor inputGiven(const Sample& sample, Corruption how,
                         const std::function<Sample()>& other) {
  return corrupted(sample, how, how == Corruption::Shuffled ? other() : sample, Seed{});
}

}  // namespace

std::optional<CorruptionTable> scoreCorrupted(const TrainedRun& run, const CohortData& data,
                                              const std::vector<CaseInfo>& cases, Seed seed,
                                              std::stop_token stop) {
  const ModalitySchema& schema = run.manifest.schema;
  const Cast cast = castOf(schema, cases, seed);
  CorruptionTable table{schema, run.manifest.task, 0, {}, static_cast<int>(cast.cases.size())};
  table.scores.resize(schema.size());
  for (const Corruption how : kCorruptions) {
    const auto scored = !run.segmenter ? scoreSamplesWith(run, samplesOf(*data.source), cast, how,
                                                          seed, intactSets(schema), stop)
                                       : scoreVolumesWith(run, cast, how, seed, stop);
    if (!scored) return std::nullopt;
    const auto scoreIn = [&](std::size_t row) {
      return mainScore(table.task, scored->rows[row].scores);
    };
    table.intact = scoreIn(0);
    for (std::size_t m = 0; m < schema.size(); ++m)
      table.scores[m][static_cast<std::size_t>(how)] = scoreIn(m + 1);
  }
  return table;
}

std::optional<SubsetTable> scoreStandIns(const TrainedRun& run, const CohortData& data,
                                         const std::vector<CaseInfo>& cases, Corruption how,
                                         Seed seed, std::stop_token stop) {
  const Cast cast = castOf(run.manifest.schema, cases, seed);
  return scoreSamplesWith(run, samplesOf(*data.source), cast, how, seed, {}, std::move(stop));
}

const CaseInfo& stranger(const Cohort& cohort, const CaseInfo& info) {
  const auto& cases = cohort.cases;
  const auto own = std::find_if(cases.begin(), cases.end(),
                                [&](const CaseInfo& other) { return other.id == info.id; });
  const auto fits = [&](const CaseInfo& other) {
    return other.id != info.id && other.usable() && other.available() && info.available() &&
           other.available()->contains(*info.available());
  };
  if (const auto later = std::find_if(own, cases.end(), fits); later != cases.end()) return *later;
  const auto earlier = std::find_if(cases.begin(), own, fits);
  return earlier != own ? *earlier : info;
}

SamplePredictions predictionsFor(const TrainedRun& run, const Sample& sample, Corruption how,
                                 const std::function<Sample()>& other) {
  const torch::Tensor x = sample.x.unsqueeze(0);
  if (how == Corruption::Absent) return SamplePredictions(run.network, x);
  return SamplePredictions(run.network, run.manifest.inputs, x,
                           {inputGiven(sample, how, other).unsqueeze(0), sample.available.value()});
}

std::vector<std::vector<float>> featuresGiven(const TrainedRun& run, const Sample& sample,
                                              Corruption how,
                                              const std::function<Sample()>& other) {
  const torch::Tensor x = inputGiven(sample, how, other).contiguous();
  const float* first = x.data_ptr<float>();
  std::vector<std::vector<float>> modalities;
  for (const ModalityId id : run.manifest.schema.ids()) {
    const float* begin = first + run.manifest.inputs.offset(id);
    modalities.emplace_back(begin, begin + run.manifest.inputs[id].size());
  }
  return modalities;
}

std::vector<std::vector<float>> pictureGiven(const TrainedRun& run, const Sample& sample,
                                             Corruption how, const std::function<Sample()>& other) {
  const torch::Tensor x = inputGiven(sample, how, other);
  std::vector<std::vector<float>> modalities;
  std::int64_t first = 0;
  for (const Moments& one : run.manifest.moments) {
    const auto channels = static_cast<std::int64_t>(one.mean.size());
    const auto shape = [&](const std::vector<float>& v) {
      return torch::tensor(v).view({channels, 1, 1});
    };
    const torch::Tensor part =
        (x.narrow(0, first, channels) * shape(one.deviation) + shape(one.mean)).contiguous();
    modalities.emplace_back(part.data_ptr<float>(), part.data_ptr<float>() + part.numel());
    first += channels;
  }
  return modalities;
}

StandIn standInFor(const Segmenter& segmenter, Corruption how, const CaseInfo& other, Seed seed) {
  if (how == Corruption::Absent) return {};
  return [options = segmenter.options(), how, other, seed](const PreparedCase& patient) {
    if (how != Corruption::Shuffled) return corrupted(patient, how, patient, seed);
    const auto preprocessing = preprocessingFrom(options.preprocessing);
    return corrupted(patient, how, prepare(readCase(other), options.spacing, preprocessing), seed);
  };
}

}  // namespace modascope
