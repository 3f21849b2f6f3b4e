#pragma once

#include <string>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/task.h"

namespace modascope {

/// Printed under every table of Dice, and under one that has HD95, too.
inline constexpr const char* kEmptyRegionRule =
    "Hard Dice per case on the uncropped volume at threshold 0.5; a region that is empty in both "
    "prediction and truth scores 1, in one of them 0.";
inline constexpr const char* kHd95Rule =
    "HD95 in mm, the larger of both directions' 95th percentiles; a region that is empty in both "
    "prediction and truth scores 0, in one of them the image's diagonal.";

/// Printed under tables of other tasks.
inline constexpr const char* kSamplesRule =
    "Of each subset the samples that have all of it; the network sees no other modality of them.";

inline constexpr const char* kPicturesRule =
    "Of each subset the pictures that have all of it; the network sees no other modality of them.";

/// Printed where there is no truth to compare with: of volumes, and of other tasks.
inline constexpr const char* kAgreementRule =
    "No reference segmentation: the numbers say how far each subset agrees with what the network "
    "says from all modalities (Dice, HD95), not whether that is right.";
inline constexpr const char* kUnlabelledRule =
    "No label to compare with: the numbers say how far each subset agrees with what the network "
    "says from all modalities, not whether that is right.";

/// What the scores of a table compare with.
enum class Reference { Truth, AllModalities };

/// Scores per subset of modalities (rows). Volumes have a column for each region: Dice, and HD95
/// and volumes where they were asked for. Other tasks have a column for each score of theirs, see
/// score_columns.h.
struct SubsetTable {
  struct Row {
    ModalitySet set;
    std::vector<double> scores;     ///< one per column, mean over `cases`
    int cases = 0;                  ///< that have all modalities of the set
    std::vector<double> hd95 = {};  ///< mm, as `scores`; empty if not measured
    std::vector<double> ml = {};    ///< predicted volume, as `scores`; empty if not measured
  };

  ModalitySchema schema = ModalitySchema::brats();
  std::vector<std::string> columns;  ///< {"wt", "tc", "et"}
  std::vector<Row> rows;
  Reference reference = Reference::Truth;
  Task task = Task::Segmentation3d;
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

/// Mean of each cell over several tables of one schema, weighted by their numbers of cases; what is
/// not defined (NaN) in one of them does not count.
SubsetTable pooled(const std::vector<SubsetTable>& tables);

}  // namespace modascope
