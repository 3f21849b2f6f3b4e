#pragma once

#include <string>
#include <vector>

#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"

namespace modascope {

/// Cases to score a run on, and which of them it has seen.
struct ScoredCases {
  std::string split;  ///< "test", or "all"
  std::vector<CaseInfo> cases;
  std::vector<std::string> trainedOn;  ///< ids of those whose patient it was trained on
  std::vector<LeftOut> leftOut = {};   ///< of the split, with the reason
  std::string why = {};                ///< how the split came about, where nobody named it

  /// "test: 5 cases, none of which the run was trained on." What flatters is said.
  std::string words(Task task) const;
};

/// On the command line.
inline constexpr const char* kOverlapRemedy =
    "name a split that was held out with --split, or ask for this one with --allow-overlap";

struct SplitRequest {
  std::string split = {};  ///< empty: what was held out; "all": every case whose truth is known
  bool allowOverlap = false;
  std::string remedy = kOverlapRemedy;  ///< what a refusal advises
};

/// The cases of the split that is asked for. Where none is: on the data that the run was trained on
/// test, or else valid, the first that holds nobody it was trained on; on other data all. Throws
/// `Error` when a split that is named, other than train and all, holds cases of patients that the
/// run was trained on, unless that is allowed. On other data a case that bears the name of one that
/// was trained on, and whose files differ from it, is another's.
ScoredCases casesToScore(const TrainedRun& run, const CohortData& data,
                         const SplitRequest& request);

}  // namespace modascope
