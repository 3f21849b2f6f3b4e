#include "app/work/steps/phantom_parts.h"

#include <algorithm>

#include "core/compute/compute.h"
#include "core/data/sampler.h"
#include "core/models/factory/model_factory.h"
#include "core/phantom/phantom.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

constexpr double kHeadMm = 160;

ModalitySchema schemaOf(std::size_t modalities) {
  if (modalities == bratsModalities().size()) return bratsModalities();
  std::vector<Modality> some;
  for (std::size_t m = 0; m < modalities; ++m)
    some.push_back({std::string("m").append(std::to_string(m + 1)),
                    std::string("M").append(std::to_string(m + 1))});
  return ModalitySchema(some);
}

/// Modality m is a mixture of two of the phantom's, so that all differ.
void setModalities(PreparedCase& patient, std::size_t modalities) {
  const auto own = patient.modalities;
  patient.modalities.clear();
  for (std::size_t m = 0; m < modalities; ++m) {
    auto mixed = own[m % own.size()];
    const auto& other = own[(m + 1) % own.size()]->voxels;
    const std::size_t round = m / own.size();
    const float part = 0.25f * static_cast<float>(round);
    for (std::size_t i = 0; i < other.size(); ++i) mixed->voxels[i] += part * other[i];
    patient.modalities.push_back(std::move(mixed));
  }
}

std::shared_ptr<const LabelledCase> phantomFor(const RunConfig& config, std::size_t modalities,
                                               int index) {
  PhantomOptions options;
  options.size = static_cast<int>(config.train.crop);
  options.spacing = kHeadMm / options.size;
  options.seed = static_cast<std::uint64_t>(config.train.seed);
  const Vec3 spacing{options.spacing, options.spacing, options.spacing};
  LabelledCase patient = prepare(LabelledPatient(makePhantom(options, index)), spacing,
                                 preprocessingFrom(config.data.preprocessing));
  if (modalities != patient.images.modalities.size()) setModalities(patient.images, modalities);
  return std::make_shared<const LabelledCase>(std::move(patient));
}

}  // namespace

RunParts phantomParts(const RunConfig& config, std::size_t modalities) {
  std::vector<std::shared_ptr<const LabelledCase>> cases;
  for (int i = 0; i < std::max<int>(4, static_cast<int>(config.train.batch)); ++i)
    cases.push_back(phantomFor(config, modalities, i));
  const Problem problem = volumeProblem(schemaOf(modalities), bratsRegions());
  return {makeModel(config, problem, chooseDevice(config.compute.device)),
          std::make_shared<const CropSampler>(samplerOptions(config), cases.size(), problem,
                                              [cases](std::size_t i) { return cases[i]; })};
}

}  // namespace modascope
