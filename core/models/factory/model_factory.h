#pragma once

#include <memory>

#include "core/config/run_config.h"
#include "core/models/model.h"
#include "core/problem/problem.h"

namespace modascope {

/// The network that `config.model.kind` names, with seeded initial weights. Throws `Error` if
/// there is none of that kind for the problem or its sizes do not fit.
std::unique_ptr<MultimodalModel> makeModel(const RunConfig& config, const Problem& problem,
                                           torch::Device device);

}  // namespace modascope
