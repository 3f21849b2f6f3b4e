#include "app/work/run_setup.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/work/cohort_examination.h"
#include "app/work/data_identity.h"
#include "app/work/run_network.h"
#include "core/base/error.h"
#include "core/compute/compute.h"
#include "core/data/case_store.h"
#include "core/data/sample_sampler.h"
#include "core/data/sample_source.h"
#include "core/data/sampler.h"
#include "core/files/paths.h"
#include "core/models/model.h"
#include "core/runs/processor.h"
#include "core/runs/run_time.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

/// Of the case's first modality; nothing if its header cannot be read any more.
std::optional<Vec3> spacingOf(const CaseInfo& info) {
  for (const ModalityFile& modality : info.modalities) {
    if (modality.presence != Presence::Present) continue;
    try {
      return reorientedGrid(readHeader(modality.file).grid).spacing;
    } catch (const Error&) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

/// The middle one along each axis, so that one odd case does not decide for all.
std::vector<double> trainingSpacing(const RunConfig& config, const std::vector<CaseInfo>& cases) {
  if (config.data.spacing > 0) return std::vector<double>(3, config.data.spacing);
  std::array<std::vector<double>, 3> lengths;
  for (const CaseInfo& info : cases)
    if (const auto spacing = spacingOf(info))
      for (std::size_t axis = 0; axis < 3; ++axis) lengths[axis].push_back((*spacing)[axis]);
  if (lengths[0].empty()) throw Error("Case " + cases.front().id + " has no modality.");
  std::vector<double> middle;
  for (auto& along : lengths) {
    const auto half = along.begin() + static_cast<std::ptrdiff_t>((along.size() - 1) / 2);
    std::nth_element(along.begin(), half, along.end());
    middle.push_back(*half);
  }
  return middle;
}

using Lose = std::function<void(const CaseInfo&, const std::string&)>;

/// What `load` throws of the case's files is told first.
template <typename Load>
auto tellingLosses(const Lose& lose, const CaseInfo& info, Load load) {
  try {
    return load();
  } catch (const Error& error) {
    if (error.fault() != Fault::System && lose) lose(info, error.what());
    throw;
  }
}

std::shared_ptr<const Sampler> sampleSampler(const RunConfig& config, const RunManifest& manifest,
                                             const CohortData& data, const Lose& lose) {
  const SampleCut cut{config.train.crop, config.train.flip};
  const auto cases = data.labelled("train");
  return std::make_shared<const SampleSampler>(
      samplerOptions(config), cases.size(),
      [=, samples = data.samples, files = data.files, moments = manifest.moments](
          std::size_t i, std::mt19937_64& rng) {
        return tellingLosses(lose, cases[i], [&] {
          const bool kept = samples->isKept(cases[i]);
          Sample sample = samples->draw(cases[i], moments, cut, rng);
          if (!kept) requireUnchanged(files, cases[i]);
          return sample;
        });
      });
}

}  // namespace

RunManifest describeRun(const std::filesystem::path& folder, const RunConfig& config,
                        const CohortData& data) {
  const auto cases = data.labelled("train");
  RunManifest manifest;
  manifest.created = isoTime();
  manifest.versions = {
      {"modascope", MODASCOPE_VERSION}, {"torch", torchVersion()}, {"compiler", __VERSION__}};
  manifest.seed = static_cast<std::uint64_t>(config.train.seed);
  manifest.device = chooseDevice(config.compute.device).str();
  manifest.threads = threadsOf(config.compute.threads);
  manifest.processor = processorName();
  manifest.data = absolutePath(folder);
  describeData(data, manifest);
  manifest.setProblem(data.cohort.problem());
  if (data.samples != nullptr)
    manifest.moments = data.samples->fit(cases);
  else
    manifest.spacing = trainingSpacing(config, cases);
  return manifest;
}

SamplerOptions samplerOptions(const RunConfig& config) {
  return {config.train.batch, config.train.crop, config.train.foreground, config.train.flip,
          Seed{static_cast<std::uint64_t>(config.train.seed)}};
}

std::shared_ptr<const Sampler> makeSampler(const RunConfig& config, const RunManifest& manifest,
                                           const CohortData& data, const Lose& lose) {
  if (data.samples != nullptr) return sampleSampler(config, manifest, data, lose);
  const std::vector<CaseInfo> cases = data.labelled("train");
  const Vec3 spacing = segmenterOptions(config, manifest).spacing;
  const auto store =
      std::make_shared<CaseStore>(cases, spacing, preprocessingFrom(config.data.preprocessing));
  store->setCheck([files = data.files](const CaseInfo& info) { requireUnchanged(files, info); });
  return std::make_shared<const CropSampler>(
      samplerOptions(config), store->size(), manifest.schema.size(),
      [store, cases, lose](std::size_t index) {
        return tellingLosses(lose, cases[index], [&] { return store->get(index); });
      });
}

RunParts cohortParts(const std::filesystem::path& folder, const RunConfig& config) {
  CohortData data = openCohortData(folder, config);
  examine(data, {"train"});
  const RunManifest manifest = describeRun(folder, config, data);
  return {makeNetwork(config, manifest), makeSampler(config, manifest, data)};
}

}  // namespace modascope
