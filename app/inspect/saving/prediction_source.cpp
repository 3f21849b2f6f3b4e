#include "app/inspect/saving/prediction_source.h"

#include "app/inspect/case_view.h"
#include "core/base/error.h"

namespace modascope {

PredictionSource sourceOf(const CaseView& view, Corruption leftOut) {
  const OpenedRun& run = *view.run();
  return {view.caseId(), view.cohort()->folder,           run.folder, run.model.kind,
          run.step,      run.sawPatientOf(view.caseId()), leftOut};
}

Write nothingPredicted() {
  return [](const std::filesystem::path&) { throw Error("Nothing is predicted yet: open a run."); };
}

}  // namespace modascope
