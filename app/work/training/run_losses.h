#pragma once

#include <string>

#include "app/work/cohort_data.h"
#include "core/runs/run_store.h"

namespace modascope {

/// Cases that a run loses while it trains, because their files are no longer what they were: each
/// is written into the manifest, so that the run can be resumed without it. Training thread.
class RunLosses {
 public:
  RunLosses(RunFolder folder, CohortData data);

  void add(const CaseInfo& lost, const std::string& split, const std::string& reason);

 private:
  RunFolder folder_;
  CohortData data_;
};

}  // namespace modascope
