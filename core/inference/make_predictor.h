#pragma once

#include <memory>

#include "core/config/run_config.h"
#include "core/inference/predictor.h"
#include "core/models/model.h"
#include "core/problem/data_fit.h"
#include "core/problem/problem.h"

namespace modascope {

/// For the problem's kind of data. `config` and `fit` are those that the network was trained with.
std::shared_ptr<const Predictor> makePredictor(std::shared_ptr<const MultimodalModel> network,
                                               const RunConfig& config, const DataFit& fit,
                                               const Problem& problem);

}  // namespace modascope
