#include "app/pages/run_remark.h"

#include "app/pages/inspect_page.h"

namespace modascope {

namespace fs = std::filesystem;

QString remarkOn(const OpenedRun& run, const Cohort& cohort, const std::string& caseId) {
  const bool seen = run.manifest.trainedOn(caseId);
  const bool sameFolder =
      fs::weakly_canonical(run.manifest.data) == fs::weakly_canonical(cohort.folder);
  const QString words = InspectPage::tr("Checkpoint of step %1.").arg(run.step);
  if (seen && sameFolder)
    return words + ' ' +
           InspectPage::tr("The network was trained on this case: its scores flatter.");
  if (seen)
    return words + ' ' +
           InspectPage::tr("The network was trained on a case of this name elsewhere.");
  return words + ' ' + InspectPage::tr("Training has not seen this case.");
}

}  // namespace modascope
