#pragma once

#include <QString>
#include <string>

#include "app/jobs/inspection/opened_run.h"
#include "core/cohort/cohort.h"

namespace modascope {

/// Which checkpoint says it, and whether it was trained on this case: "Checkpoint of step 600.
/// Training has not seen this case."
QString remarkOn(const OpenedRun& run, const Cohort& cohort, const std::string& caseId);

}  // namespace modascope
