#include "core/metrics/group_comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/base/error.h"
#include "core/base/seed.h"

namespace modascope {
namespace {

using Score = std::vector<double> SubsetTable::Row::*;
/// Subset → one score per region.
using SubsetScores = std::map<ModalitySet, std::vector<double>>;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Of each place, over the lists in which it is defined.
std::vector<double> meanOf(const std::vector<const std::vector<double>*>& lists) {
  std::vector<double> mean(lists.front()->size(), 0.0), counted(lists.front()->size(), 0.0);
  for (const auto* list : lists) {
    if (list->size() != mean.size())
      throw Error("Runs of different regions or scores cannot be compared.");
    for (std::size_t k = 0; k < mean.size(); ++k) {
      if (std::isnan((*list)[k])) continue;
      mean[k] += (*list)[k];
      ++counted[k];
    }
  }
  for (std::size_t k = 0; k < mean.size(); ++k)
    mean[k] = counted[k] > 0 ? mean[k] / counted[k] : kUndefined;
  return mean;
}

/// A case's scores, averaged over the runs that have it; nothing if none has.
SubsetScores scoresOf(std::span<const CaseTables> runs, const std::string& id, Score score) {
  std::map<ModalitySet, std::vector<const std::vector<double>*>> found;
  for (const CaseTables& run : runs)
    if (const auto table = run.find(id); table != run.end())
      for (const SubsetTable::Row& row : table->second.rows)
        if (row.cases > 0 && !(row.*score).empty()) found[row.set].push_back(&(row.*score));
  SubsetScores scores;
  for (const auto& [set, lists] : found) scores[set] = meanOf(lists);
  return scores;
}

std::vector<std::string> commonCases(const std::vector<CaseTables>& a,
                                     const std::vector<CaseTables>& b) {
  const auto isIn = [](const std::vector<CaseTables>& runs, const std::string& id) {
    return std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return run.contains(id); });
  };
  std::vector<std::string> common;
  for (const CaseTables& run : a)
    for (const auto& [id, table] : run)
      if (isIn(b, id)) common.push_back(id);
  std::sort(common.begin(), common.end());
  common.erase(std::unique(common.begin(), common.end()), common.end());
  return common;
}

/// One kind of score of both groups, case by case; only subsets that both have.
struct Pairs {
  std::vector<SubsetScores> a;
  std::vector<SubsetScores> b;
};

Pairs pairsOf(const std::vector<CaseTables>& a, const std::vector<CaseTables>& b,
              const std::vector<std::string>& cases, Score score) {
  Pairs pairs;
  for (const std::string& id : cases) {
    SubsetScores ofA = scoresOf(a, id, score);
    SubsetScores ofB = scoresOf(b, id, score);
    std::erase_if(ofA, [&](const auto& entry) { return !ofB.contains(entry.first); });
    std::erase_if(ofB, [&](const auto& entry) { return !ofA.contains(entry.first); });
    pairs.a.push_back(std::move(ofA));
    pairs.b.push_back(std::move(ofB));
  }
  return pairs;
}

/// A case's scores of one subset, or their mean over its subsets; nothing if it has none.
std::optional<std::vector<double>> pick(const SubsetScores& scores,
                                        std::optional<ModalitySet> set) {
  if (set) {
    const auto found = scores.find(*set);
    return found == scores.end() ? std::nullopt : std::optional(found->second);
  }
  if (scores.empty()) return std::nullopt;
  std::vector<const std::vector<double>*> lists;
  for (const auto& [one, list] : scores) lists.push_back(&list);
  return meanOf(lists);
}

std::vector<PairedDifference> differencesOf(const Pairs& pairs, std::optional<ModalitySet> set,
                                            std::mt19937_64& rng) {
  std::vector<std::vector<double>> a, b;  // region → cases
  for (std::size_t i = 0; i < pairs.a.size(); ++i) {
    const auto ofA = pick(pairs.a[i], set);
    const auto ofB = pick(pairs.b[i], set);
    if (!ofA || !ofB) continue;
    if (ofA->size() != ofB->size())
      throw Error("Runs of different regions or scores cannot be compared.");
    a.resize(ofA->size());
    b.resize(ofB->size());
    for (std::size_t k = 0; k < ofA->size(); ++k) {
      if (std::isnan((*ofA)[k]) || std::isnan((*ofB)[k])) continue;  // no pair
      a[k].push_back((*ofA)[k]);
      b[k].push_back((*ofB)[k]);
    }
  }
  std::vector<PairedDifference> differences;
  for (std::size_t k = 0; k < a.size(); ++k)
    differences.push_back(pairedDifference(a[k], b[k], rng));
  return differences;
}

const ModalitySchema& schemaOf(const std::vector<CaseTables>& a, const std::vector<CaseTables>& b) {
  const ModalitySchema* schema = nullptr;
  for (const auto* runs : {&a, &b})
    for (const CaseTables& run : *runs)
      for (const auto& [id, table] : run) {
        if (schema != nullptr && table.schema != *schema)
          throw Error("Runs of different modalities cannot be compared.");
        schema = &table.schema;
      }
  if (schema == nullptr) throw Error("No case was scored.");
  return *schema;
}

/// Of those numbers that are defined.
Spread spreadOf(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return {kUndefined, kUndefined};
  const auto n = static_cast<double>(values.size());
  Spread spread;
  for (const double value : values) spread.mean += value / n;
  double squares = 0;
  for (const double value : values) squares += std::pow(value - spread.mean, 2);
  spread.deviation = values.size() > 1 ? std::sqrt(squares / (n - 1)) : kUndefined;
  return spread;
}

/// Mean and deviation of each column; every list is as long.
std::vector<Spread> spreadOf(const std::vector<std::vector<double>>& lists) {
  std::vector<Spread> spreads;
  for (std::size_t k = 0; !lists.empty() && k < lists.front().size(); ++k) {
    std::vector<double> column;
    for (const auto& list : lists) column.push_back(list[k]);
    spreads.push_back(spreadOf(std::move(column)));
  }
  return spreads;
}

}  // namespace

GroupComparison compareGroups(const std::vector<CaseTables>& a, const std::vector<CaseTables>& b,
                              std::uint64_t seed) {
  const ModalitySchema& schema = schemaOf(a, b);
  GroupComparison comparison{commonCases(a, b), {}};
  if (comparison.cases.empty())
    throw Error("The runs have no case in common; runs of other folds or splits share none.");
  const Pairs dice = pairsOf(a, b, comparison.cases, &SubsetTable::Row::scores);
  const Pairs hd95 = pairsOf(a, b, comparison.cases, &SubsetTable::Row::hd95);
  auto rng = Seed{seed}.stream("bootstrap");
  const auto add = [&](std::optional<ModalitySet> set) {
    ComparedRow row{set, differencesOf(dice, set, rng), differencesOf(hd95, set, rng)};
    if (!row.scores.empty()) comparison.rows.push_back(std::move(row));
  };
  add(std::nullopt);
  for (const ModalitySet set : allSubsets(schema)) add(set);
  return comparison;
}

std::vector<Spread> spreadOverRuns(const std::vector<CaseTables>& runs, Score score) {
  std::vector<std::vector<double>> means;  // run → region
  for (const CaseTables& run : runs) {
    std::vector<std::vector<double>> cases;
    for (const auto& [id, table] : run)
      if (auto mean = pick(scoresOf({&run, 1}, id, score), std::nullopt)) cases.push_back(*mean);
    if (cases.empty()) continue;
    std::vector<const std::vector<double>*> lists;
    for (const auto& one : cases) lists.push_back(&one);
    means.push_back(meanOf(lists));
  }
  return spreadOf(means);
}

std::vector<Spread> spreadOfMeans(const std::vector<SubsetTable>& runs) {
  std::vector<std::vector<double>> means;
  for (const SubsetTable& run : runs) means.push_back(run.mean());
  return spreadOf(means);
}

std::vector<SpreadRow> spreadOfSubsets(const std::vector<SubsetTable>& runs) {
  std::vector<SpreadRow> rows;
  if (runs.empty()) return rows;
  for (const SubsetTable::Row& row : runs.front().rows) {
    std::vector<std::vector<double>> scores;
    for (const SubsetTable& run : runs) {
      if (run.columns != runs.front().columns)
        throw Error("Runs of different scores cannot be compared.");
      for (const SubsetTable::Row& other : run.rows)
        if (other.set == row.set && other.cases > 0) scores.push_back(other.scores);
    }
    if (!scores.empty()) rows.push_back({row.set, spreadOf(scores), row.cases});
  }
  return rows;
}

SubsetTable onlyColumns(const SubsetTable& table, const std::vector<std::string>& names) {
  SubsetTable some = table;
  some.columns.clear();
  for (SubsetTable::Row& row : some.rows) row.scores.clear();
  for (const std::string& name : names) {
    const auto at = std::find(table.columns.begin(), table.columns.end(), name);
    if (at == table.columns.end()) throw Error("There is no score " + inQuotes(name) + ".");
    some.columns.push_back(name);
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      some.rows[r].scores.push_back(
          table.rows[r].scores[static_cast<std::size_t>(at - table.columns.begin())]);
  }
  return some;
}

}  // namespace modascope
