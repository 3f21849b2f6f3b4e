#include "app/work/run_setup.h"

#include "app/version/version.h"
#include "app/work/cohort_examination.h"
#include "app/work/data_identity.h"
#include "app/work/run_network.h"
#include "core/compute/compute.h"
#include "core/data/case_source.h"
#include "core/data/sampler.h"
#include "core/files/paths.h"
#include "core/models/model.h"
#include "core/runs/run_time.h"
#include "core/system/usable_cores.h"

namespace modascope {
RunManifest describeRun(const std::filesystem::path& folder, const RunConfig& config,
                        const CohortData& data) {
  const auto cases = data.labelled("train");
  RunManifest manifest(data.cohort.problem);
  manifest.created = isoTime();
  manifest.versions = {
      {"modascope", programVersion()}, {"torch", torchVersion()}, {"compiler", __VERSION__}};
  manifest.seed = static_cast<std::uint64_t>(config.train.seed);
  manifest.device = chooseDevice(config.compute.device).str();
  manifest.threads = threadsOf(config.compute.threads);
  manifest.processor = processorName();
  manifest.data = absolutePath(folder);
  describeData(data, manifest);
  manifest.setFit(data.source->fit(cases, {config.data.spacing}));
  return manifest;
}

SamplerOptions samplerOptions(const RunConfig& config) {
  return {config.train.batch, config.train.crop, config.train.foreground, config.train.flip,
          Seed{static_cast<std::uint64_t>(config.train.seed)}};
}

std::shared_ptr<const Sampler> makeSampler(const RunConfig& config, const RunManifest& manifest,
                                           const CohortData& data, const LoseCase& lose) {
  const CaseWatch watch{
      [files = data.files](const CaseInfo& info) { requireUnchanged(files, info); }, lose};
  return data.source->sampler(
      {data.labelled("train"), manifest.fit(), config.data.preprocessing, watch},
      samplerOptions(config));
}

RunParts cohortParts(const std::filesystem::path& folder, const RunConfig& config) {
  CohortData data = openCohortData(folder, config);
  examine(data, {"train"});
  const RunManifest manifest = describeRun(folder, config, data);
  return {makeNetwork(config, manifest), makeSampler(config, manifest, data)};
}

}  // namespace modascope
