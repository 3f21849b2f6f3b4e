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

PictureScores::PictureScores(const Problem& problem,
                             std::shared_ptr<const std::vector<std::uint8_t>> truth,
                             Reference reference)
    : problem_(problem), truth_(std::move(truth)), reference_(reference) {}

std::vector<double> PictureScores::scoresOf(const LabelPicture& predicted) const {
  PixelCounts counts(problem_.outputs.size());
  counts.add(predicted.values, *truth_);
  return counts.scores();
}

PixelScores PictureScores::of(const LabelPicture& predicted) const {
  const auto all = scoresOf(predicted);
  return {all[0], all[1], {all.begin() + 2, all.end()}};
}

void PictureScores::add(ModalitySet set, const LabelPicture& predicted) {
  if (!has(set)) rows_.push_back({set, scoresOf(predicted), 1});
}

bool PictureScores::has(ModalitySet set) const {
  return std::any_of(rows_.begin(), rows_.end(),
                     [set](const SubsetTable::Row& row) { return row.set == set; });
}

SubsetTable PictureScores::table() const {
  SubsetTable table{problem_.schema, PixelCounts::columns(problem_.outputs), {}};
  table.task = problem_.task;
  table.reference = reference_;
  for (const ModalitySet set : allSubsets(problem_.schema)) {
    const auto row = std::find_if(rows_.begin(), rows_.end(),
                                  [set](const auto& other) { return other.set == set; });
    table.rows.push_back(
        row != rows_.end()
            ? *row
            : SubsetTable::Row{set, std::vector<double>(table.columns.size(), 0.0), 0});
  }
  dropEmptyColumns(table);
  return table;
}

}  // namespace modascope
