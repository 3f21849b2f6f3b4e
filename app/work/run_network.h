#pragma once

#include <memory>

#include "core/config/run_config.h"
#include "core/inference/predictor.h"
#include "core/runs/run_store.h"

namespace modascope {

class MultimodalModel;

/// The network of a run, with initial weights, on the device that the run asks for.
std::shared_ptr<MultimodalModel> makeNetwork(const RunConfig& config, const RunManifest& manifest);
/// What such a network says of cases.
std::shared_ptr<const Predictor> predictorOf(std::shared_ptr<const MultimodalModel> network,
                                             const RunConfig& config, const RunManifest& manifest);

}  // namespace modascope
