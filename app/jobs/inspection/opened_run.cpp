#include "app/jobs/inspection/opened_run.h"

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/seen_patients.h"
#include "app/work/trained_run.h"

namespace modascope {

bool OpenedRun::sawPatientOf(const std::string& caseId) const {
  return modascope::sawPatientOf(manifest, patients, caseId);
}

OpenedRun openedRunOf(const TrainedRun& run) {
  OpenedRun opened{run.folder, run.manifest,  run.model,
                   run.step,   run.snapshots, PatientRule(run.config.data.patient)};
  if (isWholeAdaptation(run.folder))
    opened.adapters = worthOf(run.folder, readAdaptation(run.folder));
  return opened;
}

}  // namespace modascope
