#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/config/run_config.h"
#include "core/models/model.h"
#include "core/problem/problem.h"

namespace modascope {

/// The network that `config.model.kind` names, with seeded initial weights. Throws `Error` if
/// there is none of that kind for the problem or its sizes do not fit.
std::unique_ptr<MultimodalModel> makeModel(const RunConfig& config, const Problem& problem,
                                           torch::Device device);
/// The same for volumes, each modality one channel.
std::unique_ptr<MultimodalModel> makeModel(const RunConfig& config, const ModalitySchema& schema,
                                           const std::vector<std::string>& outputs,
                                           torch::Device device);

}  // namespace modascope
