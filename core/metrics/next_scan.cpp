#include "core/metrics/next_scan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace modascope {
namespace {

const SubsetTable::Row* measured(const SubsetTable& table, ModalitySet set) {
  const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                [set](const auto& one) { return one.set == set; });
  return row == table.rows.end() || row->cases == 0 ? nullptr : &*row;
}

/// Nothing is added where one of the two was not measured.
void compare(const SubsetTable& table, ModalityId id, ModalitySet with, ModalitySet without,
             std::vector<Worth>& all) {
  const auto* more = measured(table, with);
  const auto* less = measured(table, without);
  if (more == nullptr || less == nullptr || more->scores.empty()) return;
  Worth worth{id, {}, 0};
  for (std::size_t k = 0; k < more->scores.size(); ++k)
    worth.scores.push_back(more->scores[k] - less->scores[k]);
  worth.mean = std::accumulate(worth.scores.begin(), worth.scores.end(), 0.0) /
               static_cast<double>(worth.scores.size());
  if (std::isnan(worth.mean)) return;  // a score is not defined
  all.push_back(worth);
}

std::vector<Worth> bestFirst(std::vector<Worth> all) {
  std::stable_sort(all.begin(), all.end(),
                   [](const Worth& a, const Worth& b) { return a.mean > b.mean; });
  return all;
}

}  // namespace

std::vector<Worth> worthOfAdding(const SubsetTable& table, ModalitySet set) {
  std::vector<Worth> all;
  for (const ModalityId id : table.schema.ids())
    if (!set.contains(id)) compare(table, id, set.with(id), set, all);
  return bestFirst(std::move(all));
}

std::vector<Worth> worthOfKeeping(const SubsetTable& table, ModalitySet set) {
  std::vector<Worth> all;
  for (const ModalityId id : set.ids())
    if (const auto rest = set.without(id)) compare(table, id, set, *rest, all);
  return bestFirst(std::move(all));
}

SubsetTable withoutEmptyRegions(const SubsetTable& all) {
  SubsetTable table = all;
  const auto isEmpty = [&](std::size_t k) {
    return k < all.referenceMl.size() && all.referenceMl[k] <= 0;
  };
  table.columns.clear();
  for (auto& row : table.rows) row.scores.clear();
  for (std::size_t k = 0; k < all.columns.size(); ++k) {
    if (isEmpty(k)) continue;
    table.columns.push_back(all.columns[k]);
    for (std::size_t r = 0; r < all.rows.size(); ++r)
      if (k < all.rows[r].scores.size()) table.rows[r].scores.push_back(all.rows[r].scores[k]);
  }
  return table;
}

}  // namespace modascope
