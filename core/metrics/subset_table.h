#pragma once

#include <string>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/score_rules.h"
#include "core/problem/task.h"

namespace modascope {

/// What the scores of a table compare with.
enum class Reference { Truth, AllModalities };

/// Scores per subset of modalities (rows). Volumes have a column for each region: Dice, and HD95
/// and volumes where they were asked for. Other tasks have a column for each score of theirs, see
/// score_column.h.
struct SubsetTable {
  struct Row {
    ModalitySet set;
    std::vector<double> scores;     ///< one per column, mean over `cases`
    int cases = 0;                  ///< that have all modalities of the set
    std::vector<double> hd95 = {};  ///< mm, as `scores`; empty if not measured
    std::vector<double> ml = {};    ///< predicted volume, as `scores`; empty if not measured
  };

  ModalitySchema schema;
  std::vector<std::string> columns;  ///< {"wt", "tc", "et"}
  std::vector<Row> rows;
  Reference reference = Reference::Truth;
  Task task = kDefaultTask;
  /// Of volumes, mL of each region in what is compared with, all cases together: a region that is 0
  /// there says nothing about a modality's worth. Empty where it is not known.
  std::vector<double> referenceMl = {};

  /// What the numbers follow, for under the table.
  const char* rule() const;
  /// The same, were there a truth.
  const char* scoringRule() const;
  /// Mean over the rows with at least one case in which the score is defined, one per column; NaN
  /// where it is in none.
  std::vector<double> mean() const;
  /// The same of HD95 in mm; empty if not measured.
  std::vector<double> meanHd95() const;
  /// The same of the volumes in mL.
  std::vector<double> meanMl() const;
};

/// The number that decides which of two tables' rows is better; larger is better: the mean over
/// the regions of volumes, accuracy, mIoU, correlation. NaN where it is not defined.
double mainScore(Task task, const std::vector<double>& scores);
/// What it is called: "mean Dice", "Accuracy".
std::string mainScoreName(Task task, const std::vector<std::string>& columns);

/// Mean of each cell over tables of one schema, at least one, weighted by their numbers of cases;
/// what is not defined (NaN) in one of them does not count.
SubsetTable pooled(const std::vector<SubsetTable>& tables);

}  // namespace modascope
