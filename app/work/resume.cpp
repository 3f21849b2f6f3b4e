#include "app/work/resume.h"

#include "app/work/adapting/adaptation.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_plan.h"
#include "app/work/training/continuing.h"
#include "core/runs/run_lock.h"

namespace modascope {
namespace {

TrainingOutcome resumeAdaptation(const std::filesystem::path& run, const TrainingControl& control) {
  const AdaptationRequest plan = readPlan(run);
  if (isWholeAdaptation(run)) requireResumable(RunFolder::open(run));
  return adaptRun(plan, control);
}

}  // namespace

TrainingOutcome resumeTraining(const std::filesystem::path& run, const TrainingControl& control) {
  if (isAdaptation(run)) return resumeAdaptation(run, control);
  const RunFolder folder = RunFolder::open(run);
  return resumeHeld(folder, RunLock(folder.path()), control);
}

}  // namespace modascope
