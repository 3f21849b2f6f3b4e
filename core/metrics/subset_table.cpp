#include "core/metrics/subset_table.h"

#include <algorithm>
#include <limits>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

/// Where `set` is in the table's rows; a new row without cases if it is in none.
SubsetTable::Row& rowFor(SubsetTable& table, ModalitySet set) {
  const auto found = std::find_if(table.rows.begin(), table.rows.end(),
                                  [set](const auto& row) { return row.set == set; });
  if (found != table.rows.end()) return *found;
  table.rows.push_back({set, std::vector<double>(table.regions.size(), kNotMeasured), 0});
  return table.rows.back();
}

void add(SubsetTable::Row& sum, const SubsetTable::Row& part) {
  if (part.cases == 0) return;
  const int cases = sum.cases + part.cases;
  for (std::size_t region = 0; region < sum.dice.size(); ++region) {
    const double before = sum.cases == 0 ? 0 : sum.dice[region] * sum.cases;
    sum.dice[region] = (before + part.dice[region] * part.cases) / cases;
  }
  sum.cases = cases;
}

}  // namespace

std::vector<double> SubsetTable::mean() const {
  std::vector<double> sums(regions.size(), 0.0);
  int counted = 0;
  for (const auto& row : rows) {
    if (row.cases == 0) continue;
    ++counted;
    for (std::size_t region = 0; region < sums.size(); ++region) sums[region] += row.dice[region];
  }
  for (double& sum : sums) sum = counted == 0 ? kNotMeasured : sum / counted;
  return sums;
}

SubsetTable pooled(const std::vector<SubsetTable>& tables) {
  if (tables.empty()) return {};
  SubsetTable result{tables.front().schema, tables.front().regions, {}};
  for (const auto& table : tables) {
    if (table.schema != result.schema || table.regions != result.regions) {
      throw Error("Tables of different modalities or regions cannot be pooled.");
    }
    for (const auto& row : table.rows) add(rowFor(result, row.set), row);
  }
  const auto order = allSubsets(result.schema);
  std::sort(result.rows.begin(), result.rows.end(), [&order](const auto& a, const auto& b) {
    return std::find(order.begin(), order.end(), a.set) <
           std::find(order.begin(), order.end(), b.set);
  });
  return result;
}

}  // namespace modascope
