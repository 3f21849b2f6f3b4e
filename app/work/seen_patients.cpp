#include "app/work/seen_patients.h"

#include <algorithm>

#include "core/cohort/splits/patients.h"
namespace modascope {

bool sawPatientOf(const RunManifest& run, const PatientRule& patients, const std::string& caseId) {
  const auto train = run.splits.find("train");
  if (train == run.splits.end()) return false;
  const std::string patient = patients.patientOf(caseId, run.problem.task);
  return std::any_of(train->second.begin(), train->second.end(), [&](const std::string& id) {
    return patients.patientOf(id, run.problem.task) == patient && run.trainedOn(id);
  });
}

}  // namespace modascope
