#include "widgets/tables/subset_table_csv.h"

#include "core/base/csv_cell.h"
#include "core/base/words.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

std::string head(const SubsetTable& table, const std::string& sets) {
  std::string text = sets + ",cases";
  const auto add = [&](const std::string& measure) {
    for (const auto& column : table.columns) text += ',' + csvCell(measure + column);
  };
  const bool ofRegions = factsOf(table.task).scoresRegions();
  add(table.reference == Reference::AllModalities ? "agreement_" : ofRegions ? "dice_" : "");
  if (!table.meanHd95().empty()) add("hd95_mm_");
  if (!table.meanMl().empty()) add("volume_ml_");
  return text + '\n';
}

/// Empty cells where a row has not measured what another has.
void add(std::string& text, const SubsetTable& table, const std::vector<double>& values,
         bool wanted, bool known) {
  for (std::size_t k = 0; wanted && k < table.columns.size(); ++k)
    text += ',' + (known && k < values.size() ? csvCell(values[k]) : std::string());
}

}  // namespace

std::string csvOf(const SubsetTable& table, const std::string& sets) {
  std::string text = head(table, sets);
  const bool hd95 = !table.meanHd95().empty(), ml = !table.meanMl().empty();
  for (const auto& row : table.rows) {
    text += csvCell(joined(keysOf(table.schema, row.set), "+")) + ',' + std::to_string(row.cases);
    add(text, table, row.scores, true, row.cases > 0);
    add(text, table, row.hd95, hd95, row.cases > 0);
    add(text, table, row.ml, ml, row.cases > 0);
    text += '\n';
  }
  return text;
}

}  // namespace modascope
