#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/config/run_config.h"
#include "core/data/open_cases.h"
#include "core/inference/make_predictor.h"
#include "core/models/cmnext/cmnext_lite.h"
#include "core/models/transformer/ds_transformer.h"
#include "core/models/unet/ds_unet3d.h"

namespace modascope::testing {

/// A cohort and an untrained network for it.
struct Asked {
  Cohort cohort;
  std::shared_ptr<const CaseSource> source = nullptr;
  std::vector<CaseInfo> cases = {};  ///< of the validation split
  std::shared_ptr<const MultimodalModel> network = nullptr;
  std::shared_ptr<const Predictor> predictor = nullptr;

  std::unique_ptr<const Prediction> predict(const CaseInfo& info,
                                            const LeftOutModalities& leftOut = {}) const {
    return predictor->predict(*source, info, leftOut);
  }
};

template <typename MakeNetwork>
Asked asked(const std::filesystem::path& data, const RunConfig& config, MakeNetwork make) {
  Asked all{.cohort = openCohort(data)};
  all.source = openCases(all.cohort);
  for (const std::string& id : all.cohort.splits->at("valid"))
    all.cases.push_back(*all.cohort.find(id));
  all.network = make(all.cohort.problem);
  all.predictor =
      makePredictor(all.network, config, all.source->fit(all.cohort.cases), all.cohort.problem);
  return all;
}

inline constexpr ModelSizes kSmall{8, 1, 2};

inline Asked askedFeatures(const std::filesystem::path& file) {
  return asked(file, RunConfig(), [](const Problem& problem) {
    return std::make_shared<const DsTransformer>(kSmall, problem, Seed{1}, torch::kCPU);
  });
}

inline Asked askedPictures(const std::filesystem::path& folder) {
  return asked(folder, RunConfig(), [](const Problem& problem) {
    return std::make_shared<const CmnextLite>(kSmall, problem, Seed{1}, torch::kCPU);
  });
}

inline Asked askedVolumes(const std::filesystem::path& folder) {
  RunConfig config;
  config.train.crop = 32;  // larger than the phantoms: one window
  return asked(folder, config, [](const Problem& problem) {
    return std::make_shared<const DsUnet3d>(0.25, problem.schema, problem.outputs, Seed{1},
                                            torch::kCPU);
  });
}

}  // namespace modascope::testing
