#include "app/jobs/inspection/opened_run.h"

#include "app/work/seen_patients.h"
#include "app/work/trained_run.h"

namespace modascope {

bool OpenedRun::sawPatientOf(const std::string& caseId) const {
  return modascope::sawPatientOf(manifest, patients, caseId);
}

OpenedRun openedRunOf(const TrainedRun& run) {
  return {run.folder, run.manifest,  run.model,
          run.step,   run.snapshots, PatientRule(run.config.data.patient)};
}

}  // namespace modascope
