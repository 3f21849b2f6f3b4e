#pragma once

#include <string>

#include "core/cohort/splits/patients.h"
#include "core/runs/run_store.h"

namespace modascope {

/// Whether the run was trained on a case of the patient (or speaker) of this one: itself or, by the
/// run's own rule, another time point.
bool sawPatientOf(const RunManifest& run, const PatientRule& patients, const std::string& caseId);

}  // namespace modascope
