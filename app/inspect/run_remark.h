#pragma once

#include <QString>
#include <string>

#include "app/jobs/inspection/opened_run.h"
#include "core/cohort/cohort.h"

namespace modascope {

/// That the network was trained on this case, or on another of its patient; empty where it was not:
/// "the network was trained on this picture: its scores flatter".
QString seenWords(const OpenedRun& run, const Cohort& cohort, const std::string& caseId);

/// Which checkpoint says it, and whether it was trained on this case: "Checkpoint of step 600.
/// Training has not seen this case."
QString remarkOn(const OpenedRun& run, const Cohort& cohort, const std::string& caseId);

}  // namespace modascope
