#include "core/phantom/phantom.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/phantom/phantom_prostate.h"
#include "core/phantom/phantom_signal.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

constexpr double kHeadMm = 160;  // the image's edge in the frame of `PhantomHead`
constexpr std::size_t kWhite = 2;

struct TissueMap {
  std::vector<TissueParts> parts;   ///< of the brain's voxels only
  std::vector<std::size_t> voxels;  ///< their places in the grid
  std::vector<Vec3> mm;             ///< and in the frame of the head
  LabelVolume labels;
};

VoxelGrid gridOf(const PhantomOptions& options) {
  VoxelGrid grid;
  grid.size = {options.size, options.size, options.size};
  grid.spacing = {options.spacing, options.spacing, options.spacing};
  const double start = -0.5 * (options.size - 1) * options.spacing;
  grid.origin = {start, start, start};
  return grid;
}

std::uint8_t labelFor(const TumourMix& tumour) {
  if (tumour.all() < 0.5) return static_cast<std::uint8_t>(Tissue::Background);
  if (tumour.enhancing >= std::max(tumour.necrosis, tumour.oedema)) {
    return static_cast<std::uint8_t>(Tissue::Enhancing);
  }
  return static_cast<std::uint8_t>(tumour.necrosis >= tumour.oedema ? Tissue::Necrosis
                                                                    : Tissue::Oedema);
}

TissueMap tissueMap(const PhantomOptions& options, const PhantomHead& head,
                    const PhantomTumour& tumour) {
  TissueMap map;
  map.labels.grid = gridOf(options);
  map.labels.voxels.assign(static_cast<std::size_t>(map.labels.grid.voxelCount()), 0);
  const double voxelMm = kHeadMm / options.size;
  const auto place = [&](int i) { return (i - 0.5 * (options.size - 1)) * voxelMm; };
  std::size_t voxel = 0;
  for (int z = 0; z < options.size; ++z) {
    for (int y = 0; y < options.size; ++y) {
      for (int x = 0; x < options.size; ++x, ++voxel) {
        const Vec3 mm{place(x), place(y), place(z)};
        const double depth = head.depth(mm);
        if (depth < 0) continue;
        const BrainMix healthy = head.mix(tumour.beforeGrowth(mm), depth, voxelMm);
        const TumourMix ill = tumour.mix(mm, healthy, voxelMm);
        map.voxels.push_back(voxel);
        map.mm.push_back(mm);
        map.parts.push_back(partsOf(healthy, ill));
        map.labels.voxels[voxel] = labelFor(ill);
      }
    }
  }
  return map;
}

/// On very coarse grids a thin rim can slip between the voxels: the centre then shows all tissues.
void keepAllTissues(LabelVolume& labels, const PhantomOptions& options, const Vec3& centre) {
  const auto has = [&labels](Tissue tissue) {
    return std::count(labels.voxels.begin(), labels.voxels.end(),
                      static_cast<std::uint8_t>(tissue)) > 0;
  };
  if (has(Tissue::Necrosis) && has(Tissue::Enhancing) && has(Tissue::Oedema)) return;
  std::array<std::int64_t, 3> middle{};
  for (std::size_t i = 0; i < 3; ++i) {
    const double index = centre[i] * options.size / kHeadMm + 0.5 * (options.size - 1);
    middle[i] = std::clamp<std::int64_t>(std::llround(index), 2, options.size - 3);
  }
  for (std::int64_t offset = -2; offset <= 2; ++offset) {
    const Tissue tissue = offset == 0             ? Tissue::Necrosis
                          : std::abs(offset) == 1 ? Tissue::Enhancing
                                                  : Tissue::Oedema;
    labels.at(middle[0] + offset, middle[1], middle[2]) = static_cast<std::uint8_t>(tissue);
  }
}

/// Two independent normal values.
std::array<double, 2> gaussianPair(std::mt19937_64& rng) {
  const double radius = std::sqrt(-2 * std::log(1 - uniform(rng)));
  const double angle = 2 * std::numbers::pi * uniform(rng);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

/// One modality: its tissues' signals times a smooth coil sensitivity, with the magnitude noise of
/// MR (Rician: normal in both channels of the receiver). Whole numbers, at least 1 in the brain.
Volume acquired(const TissueMap& map, const TissueSignals& signals, const Seed& seed,
                std::uint64_t stream) {
  auto rng = seed.stream("phantom scan", stream);
  const SmoothNoise sensitivity(seed.stream("phantom bias", stream), 75);
  const SmoothNoise texture(seed.stream("phantom texture", stream), 9);
  const double gain = (250 + 350 * uniform(rng)) / signals[kWhite];
  const double bias = 0.06 + 0.08 * uniform(rng);
  const double noise = gain * signals[kWhite] * (0.015 + 0.02 * uniform(rng));
  Volume volume{map.labels.grid, std::vector<float>(map.labels.voxels.size(), 0.0f)};
  for (std::size_t i = 0; i < map.voxels.size(); ++i) {
    double signal = 0;
    for (std::size_t tissue = 0; tissue < signals.size(); ++tissue) {
      signal += map.parts[i][tissue] * signals[tissue];
    }
    signal *=
        gain * std::exp(bias * sensitivity.at(map.mm[i])) * (1 + 0.035 * texture.at(map.mm[i]));
    const auto [real, imaginary] = gaussianPair(rng);
    const double magnitude = std::hypot(signal + noise * real, noise * imaginary);
    volume.voxels[map.voxels[i]] = static_cast<float>(std::max(1.0, std::round(magnitude)));
  }
  return volume;
}

void check(const PhantomOptions& options, int index) {
  if (options.size < 16 || options.size > 256) {
    throw Error("A phantom has 16 to 256 voxels along each axis; " + std::to_string(options.size) +
                " were asked for.");
  }
  if (!(options.spacing > 0) || index < 0) {
    throw Error("A phantom's voxel size is more than 0 mm and its number at least 0.");
  }
}

}  // namespace

Case makePhantom(const PhantomOptions& options, int index) {
  check(options, index);
  if (options.organ == PhantomOrgan::Prostate) return makeProstate(options, index);
  const Seed seed{options.seed};
  const auto number = static_cast<std::uint64_t>(index);
  const PhantomHead head(seed, number);
  const PhantomTumour tumour(seed, number, head);
  TissueMap map = tissueMap(options, head, tumour);
  keepAllTissues(map.labels, options, tumour.centre());

  Case patient;
  patient.id = phantomId(index);
  patient.grid = patient.sourceGrid = map.labels.grid;
  auto rng = seed.stream("phantom signals", number);
  const auto signals = signalsOf(rng);
  for (std::size_t m = 0; m < signals.size(); ++m) {
    patient.modalities.push_back(acquired(map, signals[m], seed, number * signals.size() + m));
  }
  patient.labels = std::move(map.labels);
  patient.profile = LabelProfile::Brats2021;
  patient.regions = bratsRegions();
  return patient;
}

std::string phantomId(int index) {
  const std::string digits = std::to_string(index + 1);
  return "Phantom_" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

}  // namespace modascope
