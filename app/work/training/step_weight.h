#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/config/run_config.h"
#include "core/problem/problem.h"

namespace modascope {

class MultimodalModel;

/// "A training step takes about 2.3 GB of memory; 21 GB are free." Nothing where the device has
/// memory of its own. Throws `Error` when it surely does not fit.
std::optional<std::string> weighStep(const RunConfig& config, const Problem& problem,
                                     const std::shared_ptr<const MultimodalModel>& model);
/// Before a folder is made: a run that cannot take its first step leaves none.
std::optional<std::string> weighNewRun(const RunConfig& config, const Problem& problem);

}  // namespace modascope
