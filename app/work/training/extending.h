#pragma once

#include <cstdint>
#include <filesystem>

#include "app/work/running/run_control.h"

namespace modascope {

/// Goes on with a run, a finished one too, until it has taken `steps` steps. train.steps in its
/// config.toml is raised and the extension is written down beside it. Throws `Error`, and leaves
/// the run as it is, when `steps` is not more than the run has, or the run is an adaptation or
/// cannot go on.
TrainingOutcome extendTraining(const std::filesystem::path& run, std::int64_t steps,
                               const TrainingControl& control);

}  // namespace modascope
