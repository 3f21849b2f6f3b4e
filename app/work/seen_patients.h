#pragma once

#include <string>

#include "core/runs/run_store.h"

namespace modascope {

/// Whether the run was trained on a case of the patient (or speaker) of this one: itself or, by the
/// ids that data sets use, another time point.
bool sawPatientOf(const RunManifest& run, const std::string& caseId);

}  // namespace modascope
