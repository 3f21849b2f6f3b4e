#include "app/work/adapting/adapters_worth.h"

#include "app/work/adapting/kept_scores.h"

namespace modascope {
AdaptersWorth worthOf(const std::filesystem::path& run, const AdaptationReport& report) {
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
