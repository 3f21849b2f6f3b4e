#pragma once

#include <memory>

#include "core/config/run_config.h"
#include "core/inference/segmenter.h"
#include "core/runs/run_store.h"

namespace modascope {

class MultimodalModel;

/// The network of a run, with initial weights, on the device that the run asks for.
std::shared_ptr<MultimodalModel> makeNetwork(const RunConfig& config, const RunManifest& manifest);
/// How that network predicts whole cases.
SegmenterOptions segmenterOptions(const RunConfig& config, const RunManifest& manifest);

}  // namespace modascope
