#pragma once

#include "app/work/running/run_control.h"
#include "core/runs/run_store.h"

namespace modascope {

class RunLock;

/// Throws `Error` when the run is finished, or ended before it had begun.
void requireResumable(const RunFolder& run);

/// Goes on with a run, no adaptation, that the caller holds, from its newest sound checkpoint.
/// Throws `Error` when there is nothing to go on with, or the data have changed.
TrainingOutcome resumeHeld(const RunFolder& folder, const RunLock& lock,
                           const TrainingControl& control);

}  // namespace modascope
