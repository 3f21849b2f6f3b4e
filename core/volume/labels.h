#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// How a file numbers the tissues (EXPERIENCE: "BraTS ≤ 2021" 1 NCR, 2 ED, 4 ET; "BraTS 2023"
/// 1 NCR, 2 ED, 3 ET; "MSD / nnU-Net" 1 ED, 2 NCR, 3 ET; "BraTS 2024" as 2023 and 4 resection
/// cavity, which is no tumour). `Stated`: a problem.toml lists the labels, and they stay as they
/// are.
enum class LabelProfile { Brats2021, Brats2023, Msd, Brats2024, Stated };
std::string_view labelOf(LabelProfile profile);

/// Volume of each region in mL, from voxels, in the schema's order.
std::vector<double> regionsMl(const LabelVolume& labels, const RegionSchema& regions);
/// The same of one.
double regionMl(const LabelVolume& labels, const Region& region);
/// A place in the world and what is near to it.
struct Ball {
  Vec3 centreMm{0, 0, 0};  ///< LPS
  double radiusMm = 10;
};
/// 1 where a voxel's centre lies in the ball, else 0.
LabelVolume insideOf(const Ball& ball, const VoxelGrid& grid);
/// Whether eight voxels from there on are background, as most are: walks look at those together.
inline bool eightAreBackground(const std::uint8_t* voxels) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, voxels, sizeof eight);
  return eight == 0;
}
/// Tissue value → the value that `profile` writes for it.
std::uint8_t valueIn(LabelProfile profile, std::uint8_t tissue);

}  // namespace modascope
