#include "core/volume/labels.h"

#include <array>
#include <cmath>
#include <cstdlib>

#include "core/problem/brats.h"

namespace modascope {
namespace {

bool is(std::uint8_t tissue, Tissue which) {
  return tissue == static_cast<std::uint8_t>(which);
}

using Counts = std::array<std::int64_t, 256>;  ///< voxels of each label but background

Counts countsOf(const LabelVolume& labels) {
  Counts counts{};
  const auto& voxels = labels.voxels;
  for (std::size_t i = 0; i < voxels.size(); ++i) {
    while (i + 8 < voxels.size() && eightAreBackground(&voxels[i])) i += 8;
    ++counts[voxels[i]];
  }
  return counts;
}

double mlIn(const Region& region, const Counts& counts, const VoxelGrid& grid) {
  double ml = 0;
  for (const std::uint8_t label : region.labels)
    ml += static_cast<double>(counts[label]) * grid.voxelMl();
  return ml;
}

}  // namespace

std::string_view labelOf(LabelProfile profile) {
  switch (profile) {
    case LabelProfile::Brats2021:
      return "BraTS ≤ 2021";
    case LabelProfile::Brats2023:
      return "BraTS 2023";
    case LabelProfile::Msd:
      return "MSD / nnU-Net";
    case LabelProfile::Brats2024:
      return "BraTS 2024";
    case LabelProfile::Stated:
      return "problem.toml";
  }
  std::abort();
}

std::vector<double> regionsMl(const LabelVolume& labels, const RegionSchema& regions) {
  const Counts counts = countsOf(labels);
  std::vector<double> ml;
  for (const Region& region : regions) ml.push_back(mlIn(region, counts, labels.grid));
  return ml;
}

double regionMl(const LabelVolume& labels, const Region& region) {
  return mlIn(region, countsOf(labels), labels.grid);
}

LabelVolume insideOf(const Ball& ball, const VoxelGrid& grid) {
  LabelVolume inside{grid,
                     std::vector<std::uint8_t>(static_cast<std::size_t>(grid.voxelCount()), 0)};
  for (std::int64_t z = 0; z < grid.size[2]; ++z)
    for (std::int64_t y = 0; y < grid.size[1]; ++y)
      for (std::int64_t x = 0; x < grid.size[0]; ++x) {
        const Vec3 at =
            grid.toWorld({static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)});
        const Vec3& c = ball.centreMm;
        if (std::hypot(at[0] - c[0], at[1] - c[1], at[2] - c[2]) <= ball.radiusMm)
          inside.at(x, y, z) = 1;
      }
  return inside;
}

std::uint8_t valueIn(LabelProfile profile, std::uint8_t tissue) {
  if (profile == LabelProfile::Brats2021 || profile == LabelProfile::Stated) return tissue;
  if (is(tissue, Tissue::Enhancing)) return 3;
  if (profile == LabelProfile::Msd && is(tissue, Tissue::Necrosis)) return 2;
  if (profile == LabelProfile::Msd && is(tissue, Tissue::Oedema)) return 1;
  return tissue;
}

}  // namespace modascope
