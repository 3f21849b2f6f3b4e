#include "app/inspect/run_remark.h"

#include "app/inspect/inspect_page.h"
#include "core/files/paths.h"
#include "core/problem/task_facts.h"
#include "widgets/bridge/task_words.h"

namespace modascope {

QString seenWords(const OpenedRun& run, const Cohort& cohort, const std::string& caseId) {
  const QString noun = nounOf(cohort.problem.task);
  if (!run.sawPatientOf(caseId)) return {};
  if (!run.manifest.trainedOn(caseId))
    return InspectPage::tr(
               "the network was trained on another %1 of the same %2: the scores of this one "
               "flatter")
        .arg(noun, QString(factsOf(cohort.problem.task).patientWord));
  const bool sameFolder = samePlace(run.manifest.data, cohort.folder);
  return (sameFolder ? InspectPage::tr("the network was trained on this %1: its scores flatter")
                     : InspectPage::tr("the network was trained on a %1 of this name elsewhere"))
      .arg(noun);
}

QString remarkOn(const OpenedRun& run, const Cohort& cohort, const std::string& caseId) {
  QString seen = seenWords(run, cohort, caseId);
  if (seen.isEmpty())
    seen = InspectPage::tr("training has not seen this %1").arg(nounOf(cohort.problem.task));
  seen[0] = seen[0].toUpper();
  return InspectPage::tr("Checkpoint of step %1. %2.").arg(run.step).arg(seen);
}

}  // namespace modascope
