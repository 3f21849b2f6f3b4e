#include "app/jobs/inspection/picture_scores.h"

#include <algorithm>
#include <cmath>

#include "core/metrics/sample_scores.h"

namespace modascope {
namespace {

/// Columns that no row has a number in go.
void dropEmptyColumns(SubsetTable& table) {
  for (std::size_t k = table.columns.size(); k-- > 0;) {
    const bool empty = std::all_of(
        table.rows.begin(), table.rows.end(),
        [k](const SubsetTable::Row& row) { return row.cases == 0 || std::isnan(row.scores[k]); });
    if (!empty) continue;
    const auto at = static_cast<std::ptrdiff_t>(k);
    table.columns.erase(table.columns.begin() + at);
    for (SubsetTable::Row& row : table.rows) row.scores.erase(row.scores.begin() + at);
  }
}

}  // namespace

PixelScores pixelScoresOf(const SubsetTable::Row& row) {
  return {row.scores.at(0), row.scores.at(1), {row.scores.begin() + 2, row.scores.end()}};
}

SubsetTable pictureTable(const Problem& problem,
                         const std::map<ModalitySet, SubsetTable::Row>& rows, Reference reference) {
  SubsetTable table{problem.schema, PixelCounts::columns(problem.outputs), {}};
  table.task = problem.task;
  table.reference = reference;
  const std::vector<double> none(table.columns.size(), 0.0);
  for (const ModalitySet set : allSubsets(problem.schema)) {
    const auto row = rows.find(set);
    table.rows.push_back(row != rows.end() ? row->second : SubsetTable::Row{set, none, 0});
  }
  dropEmptyColumns(table);
  return table;
}

}  // namespace modascope
