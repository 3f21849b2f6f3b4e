#include "core/metrics/subset_table.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/problem/score_column.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

/// Where `set` is in the table's rows; a new row without cases if it is in none.
SubsetTable::Row& rowFor(SubsetTable& table, ModalitySet set) {
  const auto found = std::find_if(table.rows.begin(), table.rows.end(),
                                  [set](const auto& row) { return row.set == set; });
  if (found != table.rows.end()) return *found;
  table.rows.push_back({set, std::vector<double>(table.columns.size(), kNotMeasured), 0});
  return table.rows.back();
}

/// The mean of `sumCases` cases goes on with those of `part`.
void add(std::vector<double>& mean, int sumCases, const std::vector<double>& part, int partCases) {
  if (sumCases == 0) {
    mean = part;
    return;
  }
  if (mean.size() != part.size())
    throw Error("Tables that measure different things cannot be pooled.");
  for (std::size_t k = 0; k < mean.size(); ++k) {
    if (std::isnan(part[k])) continue;  // not defined there: it does not count
    mean[k] = std::isnan(mean[k])
                  ? part[k]
                  : (mean[k] * sumCases + part[k] * partCases) / (sumCases + partCases);
  }
}

void add(SubsetTable::Row& sum, const SubsetTable::Row& part) {
  if (part.cases == 0) return;
  add(sum.scores, sum.cases, part.scores, part.cases);
  add(sum.hd95, sum.cases, part.hd95, part.cases);
  add(sum.ml, sum.cases, part.ml, part.cases);
  sum.cases += part.cases;
}

/// Mean of one kind of score over the rows with cases in which it is defined.
std::vector<double> meanOf(const SubsetTable& table, std::vector<double> SubsetTable::Row::*score) {
  std::vector<double> sums, counted;
  for (const auto& row : table.rows) {
    if (row.cases == 0) continue;
    const std::vector<double>& scores = row.*score;
    sums.resize(scores.size(), 0.0);
    counted.resize(scores.size(), 0.0);
    for (std::size_t k = 0; k < sums.size(); ++k) {
      if (std::isnan(scores[k])) continue;
      sums[k] += scores[k];
      ++counted[k];
    }
  }
  for (std::size_t k = 0; k < sums.size(); ++k)
    sums[k] = counted[k] > 0 ? sums[k] / counted[k] : kNotMeasured;
  return sums;
}

}  // namespace

const char* SubsetTable::rule() const {
  if (reference == Reference::Truth) return scoringRule();
  return factsOf(task).unlabelledRule;
}

const char* SubsetTable::scoringRule() const {
  return factsOf(task).scoringRule;
}

std::vector<double> SubsetTable::mean() const {
  const auto scores = meanOf(*this, &Row::scores);
  return scores.empty() ? std::vector<double>(columns.size(), kNotMeasured) : scores;
}

std::vector<double> SubsetTable::meanHd95() const {
  return meanOf(*this, &Row::hd95);
}

std::vector<double> SubsetTable::meanMl() const {
  return meanOf(*this, &Row::ml);
}

double mainScore(Task task, const std::vector<double>& scores) {
  if (scores.empty()) return kNotMeasured;
  if (!factsOf(task).scoresRegions()) return scores.front();
  return std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
}

std::string mainScoreName(Task task, const std::vector<std::string>& columns) {
  if (factsOf(task).scoresRegions()) return "mean Dice";
  return columns.empty() ? "" : scoreColumn(columns.front()).label;
}

SubsetTable pooled(const std::vector<SubsetTable>& tables) {
  assert(!tables.empty());
  SubsetTable result{tables.front().schema,
                     tables.front().columns,
                     {},
                     tables.front().reference,
                     tables.front().task};
  for (const auto& table : tables) {
    if (table.schema != result.schema || table.columns != result.columns ||
        table.reference != result.reference)
      throw Error("Tables of different modalities, scores or references cannot be pooled.");
    for (const auto& row : table.rows) add(rowFor(result, row.set), row);
    result.referenceMl.resize(std::max(result.referenceMl.size(), table.referenceMl.size()));
    for (std::size_t k = 0; k < table.referenceMl.size(); ++k)
      result.referenceMl[k] += table.referenceMl[k];
  }
  const auto order = allSubsets(result.schema);
  std::sort(result.rows.begin(), result.rows.end(), [&order](const auto& a, const auto& b) {
    return std::find(order.begin(), order.end(), a.set) <
           std::find(order.begin(), order.end(), b.set);
  });
  return result;
}

}  // namespace modascope
