#include "app/inspect/run_remark.h"

#include "app/inspect/inspect_page.h"
#include "app/work/seen_patients.h"
#include "core/files/paths.h"
#include "core/problem/task_facts.h"
#include "widgets/bridge/task_words.h"

namespace modascope {

namespace {

QString seenRemark(const OpenedRun& run, const Cohort& cohort, const std::string& caseId) {
  if (!run.manifest.trainedOn(caseId))
    return run.sawPatientOf(caseId)
               ? InspectPage::tr(
                     "The network was trained on another %1 of the same %2: the scores "
                     "of this one flatter.")
                     .arg(nounOf(cohort.problem.task),
                          factsOf(cohort.problem.task).data == DataKind::Features
                              ? InspectPage::tr("speaker")
                              : InspectPage::tr("patient"))
               : QString();
  const bool sameFolder = samePlace(run.manifest.data, cohort.folder);
  return (sameFolder ? InspectPage::tr("The network was trained on this %1: its scores flatter.")
                     : InspectPage::tr("The network was trained on a %1 of this name elsewhere."))
      .arg(nounOf(cohort.problem.task));
}

}  // namespace

QString remarkOn(const OpenedRun& run, const Cohort& cohort, const std::string& caseId) {
  const QString seen = seenRemark(run, cohort, caseId);
  return InspectPage::tr("Checkpoint of step %1.").arg(run.step) + ' ' +
         (seen.isEmpty()
              ? InspectPage::tr("Training has not seen this %1.").arg(nounOf(cohort.problem.task))
              : seen);
}

}  // namespace modascope
