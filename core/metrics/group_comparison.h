#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/paired.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// What one run scored: case → the table of that case alone.
using CaseTables = std::map<std::string, SubsetTable>;

struct ComparedRow {
  std::optional<ModalitySet> set;        ///< nothing: the mean over the subsets of each case
  std::vector<PairedDifference> scores;  ///< one per column
  std::vector<PairedDifference> hd95;    ///< mm, likewise; empty if not measured
};

/// Two groups of runs over the cases that both have scored.
struct GroupComparison {
  std::vector<std::string> cases;
  std::vector<ComparedRow> rows;  ///< the mean first, then the subsets that have cases
};

/// Differences b − a. A case counts once: its scores are averaged over the runs of a group that
/// have it (seeds of one method, or the one fold that held it out) before cases are paired. `seed`
/// fixes the bootstrap. Throws `Error` when the groups share no case, or differ in modalities,
/// columns or scores.
GroupComparison compareGroups(const std::vector<CaseTables>& a, const std::vector<CaseTables>& b,
                              std::uint64_t seed);

/// Mean and standard deviation (n − 1) over the runs in which it is defined; the deviation of one
/// run is NaN, and the mean of none.
struct Spread {
  double mean = 0;
  double deviation = 0;
};
/// Of each run's mean over subsets and cases, one per region.
std::vector<Spread> spreadOverRuns(const std::vector<CaseTables>& runs,
                                   std::vector<double> SubsetTable::Row::*score);

/// Of each subset, each column over runs.
struct SpreadRow {
  ModalitySet set;
  std::vector<Spread> scores;
  int cases = 0;
};
/// Tables of the same columns, one a run; subsets without cases are left out. Throws `Error` when
/// their columns differ.
std::vector<SpreadRow> spreadOfSubsets(const std::vector<SubsetTable>& runs);
/// Each column's mean over the subsets, over runs.
std::vector<Spread> spreadOfMeans(const std::vector<SubsetTable>& runs);
/// The same table with some of its columns.
SubsetTable onlyColumns(const SubsetTable& table, const std::vector<std::string>& names);

}  // namespace modascope
