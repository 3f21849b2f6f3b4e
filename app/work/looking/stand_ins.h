#pragma once

#include <array>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"
#include "core/base/seed.h"
#include "core/inference/evaluation.h"
#include "core/metrics/subset_table.h"
#include "core/problem/corruption.h"

namespace modascope {

/// The task's main score when one modality is corrupted, on the cases that have all modalities.
struct CorruptionTable {
  ModalitySchema schema;
  Task task = kDefaultTask;
  double intact = 0;
  std::vector<std::array<double, kCorruptions.size()>> scores;  ///< one row a modality
  int cases = 0;
};

/// Another sample is drawn without regard to the truth. Nothing when stopped. Throws `Error` where
/// no case has all modalities, or there is one modality only.
std::optional<CorruptionTable> scoreCorrupted(const TrainedRun& run, const CohortData& data,
                                              const std::vector<CaseInfo>& cases, Seed seed,
                                              std::stop_token stop = {});

/// All subsets on the cases that have all modalities, with what a subset leaves out
/// corrupted in the same way as above. Nothing when stopped.
std::optional<SubsetTable> scoreStandIns(const TrainedRun& run, const CohortData& data,
                                         const std::vector<CaseInfo>& cases, Corruption how,
                                         Seed seed, std::stop_token stop = {});

/// For the window: whose modalities take the place of a case's own, the next usable one of the
/// cohort that has as many. The case itself where there is no other.
const CaseInfo& stranger(const Cohort& cohort, const CaseInfo& info);

/// For the window: what the network is given in the place of this case's modalities.
LeftOutModalities leftOutOf(const Cohort& cohort, const CaseInfo& info, Corruption how);

}  // namespace modascope
