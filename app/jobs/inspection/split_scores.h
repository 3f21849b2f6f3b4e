#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"
#include "core/metrics/subset_table.h"
#include "core/problem/corruption.h"

namespace modascope {

/// Scores of all subsets over a split of samples.
struct SplitScores {
  std::string split;
  SubsetTable table;
  Corruption corruption = Corruption::Absent;  ///< of what a subset leaves out
};

/// Where what is left out is corrupted, only the samples that have all modalities count. Nothing
/// when stopped. Throws `Error` as `casesToScore` does.
std::optional<SplitScores> scoresOf(const TrainedRun& run, const CohortData& data,
                                    const std::string& split, Corruption how,
                                    std::stop_token stop = {});

}  // namespace modascope
