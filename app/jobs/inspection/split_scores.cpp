#include "app/jobs/inspection/split_scores.h"

#include "app/work/held_out.h"
#include "app/work/looking/stand_ins.h"

namespace modascope {
namespace {

constexpr const char* kRemedy = "choose a split that was held out, or a sample by itself";

}  // namespace

std::optional<SplitScores> scoresOf(const TrainedRun& run, const CohortData& data,
                                    const std::string& split, Corruption how,
                                    std::stop_token stop) {
  const auto cases = casesToScore(run, data, {split, false, kRemedy}).cases;
  auto table = how == Corruption::Absent ? run.predictor->evaluate(*data.source, cases, stop)
                                         : scoreStandIns(run, data, cases, how, Seed{1}, stop);
  if (!table) return std::nullopt;
  return SplitScores{split, std::move(*table), how};
}

}  // namespace modascope
