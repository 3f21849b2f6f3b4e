#pragma once

#include <filesystem>

#include "app/work/running/run_control.h"

namespace modascope {

/// Goes on with a run or an adaptation from the newest sound checkpoint. Throws `Error` when it is
/// finished or its checkpoints are damaged. A run that has none yet begins.
TrainingOutcome resumeTraining(const std::filesystem::path& run, const TrainingControl& control);

}  // namespace modascope
