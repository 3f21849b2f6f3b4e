#pragma once

#include <memory>

#include "core/models/factory/model_factory.h"
#include "core/problem/brats.h"

namespace modascope::testing {

/// ds-norm for four modalities and three regions.
struct SmallNetwork {
  std::unique_ptr<MultimodalModel> model;

  SmallNetwork(double width, std::int64_t seed) {
    RunConfig config;
    config.model.width = width;
    config.train.seed = seed;
    model = makeModel(config, bratsProblem(), torch::kCPU);
  }
};

}  // namespace modascope::testing
