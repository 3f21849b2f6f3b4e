#include "app/work/looking/stand_ins.h"

#include <algorithm>

#include "core/base/error.h"

namespace modascope {
namespace {

/// The cases that can be corrupted, and whose modalities take the place of each one's.
struct Cast {
  std::vector<CaseInfo> cases;
  std::vector<CaseInfo> others;
  Seed seed;

  std::vector<LeftOutModalities> leftOut(Corruption how) const {
    std::vector<LeftOutModalities> all;
    for (std::size_t i = 0; i < cases.size(); ++i)
      all.push_back({how, others[i], Seed{seed.value + i}});
    return all;
  }
};

Cast castOf(const ModalitySchema& schema, const std::vector<CaseInfo>& cases, Seed seed) {
  if (schema.size() < 2)
    throw Error("The network has one modality only: with that corrupted nothing is left.");
  Cast cast{{}, {}, seed};
  for (const CaseInfo& info : cases)
    if (info.available() == schema.all()) cast.cases.push_back(info);
  if (cast.cases.empty())
    throw Error("None of the data has all modalities, so none can be corrupted.");
  cast.others = cast.cases;
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

/// All subsets if none are named. Every case is scored, or nothing: tables of one cast are
/// compared.
std::optional<SubsetTable> scoreCast(const TrainedRun& run, const CohortData& data,
                                     const Cast& cast, Corruption how,
                                     const std::vector<ModalitySet>& subsets,
                                     std::stop_token stop) {
  EvaluationOptions options;
  options.subsets = subsets;
  options.leftOutModalities = cast.leftOut(how);
  options.leftOut = [](const CaseInfo&, const std::string& why) { throw Error(why); };
  return run.predictor->evaluate(*data.source, cast.cases, std::move(stop), options);
}

}  // namespace

std::optional<CorruptionTable> scoreCorrupted(const TrainedRun& run, const CohortData& data,
                                              const std::vector<CaseInfo>& cases, Seed seed,
                                              std::stop_token stop) {
  const ModalitySchema& schema = run.manifest.problem.schema;
  const Cast cast = castOf(schema, cases, seed);
  CorruptionTable table{
      schema, run.manifest.problem.task, 0, {}, static_cast<int>(cast.cases.size())};
  table.scores.resize(schema.size());
  for (const Corruption how : kCorruptions) {
    const auto scored = scoreCast(run, data, cast, how, intactSets(schema), stop);
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
  const Cast cast = castOf(run.manifest.problem.schema, cases, seed);
  return scoreCast(run, data, cast, how, {}, std::move(stop));
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

LeftOutModalities leftOutOf(const Cohort& cohort, const CaseInfo& info, Corruption how) {
  LeftOutModalities leftOut{how};
  if (how == Corruption::Shuffled) leftOut.other = stranger(cohort, info);
  return leftOut;
}

}  // namespace modascope
