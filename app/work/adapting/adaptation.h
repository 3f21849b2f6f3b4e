#pragma once

#include "app/work/adapting/adaptation_request.h"
#include "app/work/running/run_control.h"

namespace modascope {

/// Learns an adapter for each subset on the run's training cases, keeping the best on the
/// validation cases (the identity included), writes adapters.safetensors into a folder that is then
/// a run of its own, and scores it: `readAdaptation`. Steps count on from subset to subset. What
/// was learnt when it is stopped is kept, and the same request, or `resumeTraining`, goes on with
/// it. Stopped while the data are looked at, it writes nothing. Throws `Error`, before anything is
/// written, when run and data do not fit each other.
TrainingOutcome adaptRun(const AdaptationRequest& request, const TrainingControl& control = {});

}  // namespace modascope
