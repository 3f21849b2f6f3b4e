#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/work/cohort_data.h"
#include "core/config/run_config.h"
#include "core/runs/run_store.h"

namespace modascope {

class MultimodalModel;
class Sampler;
struct SamplerOptions;

/// What a run on these data will be, but for its folder's name and its number of parameters.
/// Throws `Error` when there is nothing to train on.
RunManifest describeRun(const std::filesystem::path& folder, const RunConfig& config,
                        const CohortData& data);

using LoseCase = std::function<void(const CaseInfo&, const std::string& reason)>;

SamplerOptions samplerOptions(const RunConfig& config);
/// `lose` hears of a case whose files are no longer what they were, before the sampler leaves it
/// out; may be empty.
std::shared_ptr<const Sampler> makeSampler(const RunConfig& config, const RunManifest& manifest,
                                           const CohortData& data, const LoseCase& lose = {});

/// What is needed to take steps: a network with the seed's initial weights, and batches.
struct RunParts {
  std::shared_ptr<MultimodalModel> model;
  std::shared_ptr<const Sampler> batches;
};

/// On a cohort's training cases.
RunParts cohortParts(const std::filesystem::path& folder, const RunConfig& config);

}  // namespace modascope
