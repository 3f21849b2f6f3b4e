#include "core/phantom/phantom_prostate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "core/base/seed.h"

namespace modascope {
namespace {

constexpr std::uint8_t kLesion = 1;

/// Signals of T2 and ADC; voxels of `Air` are 0.
enum class Matter : std::size_t { Air, Muscle, Gland, Lesion, Scar };
constexpr std::array<std::array<double, 2>, 5> kSignals{
    {{0, 0}, {180, 700}, {420, 1600}, {230, 700}, {240, 1500}}};

struct Ellipsoid {
  Vec3 centre;
  Vec3 radii;

  bool holds(const Vec3& mm) const {
    double sum = 0;
    for (std::size_t axis = 0; axis < 3; ++axis)
      sum += std::pow((mm[axis] - centre[axis]) / radii[axis], 2);
    return sum <= 1;
  }
};

double between(std::mt19937_64& rng, double low, double high) {
  return low + (high - low) * uniform(rng);
}

/// A body, in it the gland, in that a lesion on one side and a scar on the other.
struct Pelvis {
  Ellipsoid body, gland, lesion, scar;

  Pelvis(const PhantomOptions& options, std::mt19937_64 rng) {
    const double half = options.spacing * options.size / 2;
    const auto part = [half](double of) { return of * half; };
    body = {{0, 0, 0}, {part(0.95), part(0.8), part(1.2)}};
    const double size = between(rng, 0.42, 0.55);
    gland = {{part(between(rng, -0.1, 0.1)), part(between(rng, -0.1, 0.1)), 0},
             {part(size), part(0.85 * size), part(0.9 * size)}};
    const double side = uniform(rng) < 0.5 ? -1 : 1;
    lesion = besides(side, part(between(rng, 0.12, 0.2)), part(between(rng, -0.1, 0.1)));
    scar = besides(-side, part(between(rng, 0.12, 0.2)), part(between(rng, -0.1, 0.1)));
  }

  Matter at(const Vec3& mm) const {
    if (lesion.holds(mm)) return Matter::Lesion;
    if (scar.holds(mm)) return Matter::Scar;
    if (gland.holds(mm)) return Matter::Gland;
    return body.holds(mm) ? Matter::Muscle : Matter::Air;
  }

 private:
  Ellipsoid besides(double side, double radius, double up) const {
    const Vec3& middle = gland.centre;
    return {{middle[0] + side * 0.5 * gland.radii[0], middle[1], middle[2] + up},
            {radius, radius, radius}};
  }
};

VoxelGrid gridOf(const PhantomOptions& options) {
  const double first = -options.spacing * (options.size - 1) / 2;
  return {{options.size, options.size, options.size},
          {options.spacing, options.spacing, options.spacing},
          {first, first, first}};
}

Volume scanOf(const std::vector<Matter>& tissues, const VoxelGrid& grid, std::size_t modality,
              std::mt19937_64 rng) {
  Volume volume{grid, std::vector<float>(tissues.size())};
  const double gain = between(rng, 0.8, 1.2);
  for (std::size_t i = 0; i < tissues.size(); ++i) {
    const double signal = kSignals[static_cast<std::size_t>(tissues[i])][modality];
    if (signal == 0) continue;
    const double noisy = gain * signal * (1 + 0.06 * gaussian(rng));
    volume.voxels[i] = static_cast<float>(std::max(1.0, std::round(noisy)));
  }
  return volume;
}

}  // namespace

Problem prostateProblem() {
  return volumeProblem(
      ModalitySchema({{"t2", "T2"}, {"adc", "ADC"}}),
      RegionSchema({{kLesion, "lesion"}},
                   {{"lesion", "LESION", "lesion", {kLesion}, {0xff, 0x8c, 0x1a}}}));
}

std::string prostateToml() {
  return "# What the files beside this one are; see \"Data\" in the manual.\n"
         "largest_mm = 500\n\n"
         "[[modality]]\nkey = \"t2\"\nlabel = \"T2\"\naliases = [\"t2w\"]\n\n"
         "[[modality]]\nkey = \"adc\"\nlabel = \"ADC\"\n\n"
         "[[label]]\nvalue = 1\nname = \"lesion\"\n\n"
         "[[region]]\nkey = \"lesion\"\nname = \"lesion\"\nlabels = [1]\ncolour = \"#ff8c1a\"\n";
}

Case makeProstate(const PhantomOptions& options, int index) {
  const Seed seed{options.seed};
  const auto number = static_cast<std::uint64_t>(index);
  const Pelvis pelvis(options, seed.stream("prostate", number));
  const VoxelGrid grid = gridOf(options);
  std::vector<Matter> tissues(static_cast<std::size_t>(grid.voxelCount()));
  LabelVolume labels{grid, std::vector<std::uint8_t>(tissues.size())};
  for (std::int64_t z = 0; z < grid.size[2]; ++z)
    for (std::int64_t y = 0; y < grid.size[1]; ++y)
      for (std::int64_t x = 0; x < grid.size[0]; ++x) {
        const Matter tissue = pelvis.at(
            grid.toWorld({static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)}));
        tissues[grid.offset(x, y, z)] = tissue;
        if (tissue == Matter::Lesion) labels.at(x, y, z) = kLesion;
      }
  Case patient;
  patient.id = phantomId(index);
  patient.grid = patient.sourceGrid = grid;
  patient.profile = LabelProfile::Stated;
  patient.regions = prostateProblem().regions;
  for (std::size_t m = 0; m < kSignals.front().size(); ++m)
    patient.modalities.push_back(
        scanOf(tissues, grid, m, seed.stream("prostate scan", 2 * number + m)));
  patient.labels = std::move(labels);
  return patient;
}

}  // namespace modascope
