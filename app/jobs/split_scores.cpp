#include "app/jobs/split_scores.h"

#include "app/work/corruption.h"
#include "app/work/validation.h"
#include "core/base/error.h"
#include "core/data/corrupted_input.h"
#include "core/data/sample_source.h"
#include "core/inference/sample_predictions.h"

namespace modascope {
namespace {

/// Noise differs from sample to sample; another's modalities are those that the sample by itself
/// gets.
std::optional<SubsetTable> scoresWith(const TrainedRun& run, const CohortData& data,
                                      const std::vector<CaseInfo>& cases, Corruption how,
                                      std::stop_token stop) {
  const auto get = [&](const CaseInfo& info) {
    return data.samples->get(info, run.manifest.moments);
  };
  SampleEvaluation evaluation;
  evaluation.count = cases.size();
  evaluation.load = [&](std::size_t i) { return get(cases[i]); };
  evaluation.standIn = [&](std::size_t i) {
    const Sample sample = get(cases[i]);
    const bool shuffled = how == Corruption::Shuffled;
    const Sample other = shuffled ? get(stranger(data.cohort, cases[i])) : sample;
    return corrupted(sample, how, other, Seed{i});
  };
  return scoreSamples(run.network, run.manifest.problem(), evaluation, stop);
}

std::vector<CaseInfo> wholeOnes(const CohortData& data, const std::string& split) {
  std::vector<CaseInfo> cases = data.labelled(split);
  std::erase_if(cases,
                [&](const CaseInfo& info) { return info.available() != data.cohort.schema.all(); });
  if (cases.empty())
    throw Error("No sample of the split " + inQuotes(split) +
                " has all modalities, so there is no score of what stands in for them.");
  return cases;
}

}  // namespace

std::optional<SplitScores> scoresOf(const TrainedRun& run, const CohortData& data,
                                    const std::string& split, Corruption how,
                                    std::stop_token stop) {
  auto table = how == Corruption::Absent ? Evaluator(run, data).evaluate(data.labelled(split), stop)
                                         : scoresWith(run, data, wholeOnes(data, split), how, stop);
  if (!table) return std::nullopt;
  return SplitScores{split, std::move(*table), how};
}

}  // namespace modascope
