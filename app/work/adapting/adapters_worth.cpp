#include "app/work/adapting/adapters_worth.h"

#include <algorithm>
#include <optional>

#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/kept_scores.h"

namespace modascope {
namespace {

std::optional<double> mainOf(const SubsetTable& table, ModalitySet set) {
  for (const SubsetTable::Row& row : table.rows)
    if (row.set == set && row.cases > 0) return mainScore(table.task, row.scores);
  return std::nullopt;
}

AdaptedSet keptOf(const std::vector<AdaptedSet>& kept, ModalitySet set) {
  const auto at = std::find_if(kept.begin(), kept.end(),
                               [set](const AdaptedSet& one) { return one.set == set; });
  return at != kept.end() ? *at : AdaptedSet{set};
}

}  // namespace

AdaptersWorth worthOf(const std::filesystem::path& run) {
  const AdaptationReport report = readAdaptation(run);
  const bool scored = !report.scores.rows.empty();
  AdaptersWorth worth{report.scores.schema, "on the validation cases", {}};
  if (scored)
    worth.score = mainScoreName(report.scores.task, report.scores.columns) + " on the " +
                  report.split + " split";
  const auto kept = scored ? std::vector<AdaptedSet>() : keptScores(run);
  for (std::size_t i = 0; i < report.adapted.size(); ++i) {
    const ModalitySet set = report.adapted[i];
    AdaptedSet row = keptOf(kept, set);
    if (scored) row = {set, 0, mainOf(report.frozen, set), mainOf(report.scores, set)};
    row.learnt = report.learnt[i];
    row.done = true;
    worth.sets.push_back(row);
  }
  return worth;
}

}  // namespace modascope
