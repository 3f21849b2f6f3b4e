#include "core/metrics/dice.h"

#include <array>

#include "core/base/error.h"

namespace modascope {

double dice(const LabelVolume& predicted, const LabelVolume& truth, Region region) {
  if (!predicted.grid.matches(truth.grid) || predicted.voxels.size() != truth.voxels.size()) {
    throw Error("The prediction and the expert's segmentation lie on different grids.");
  }
  std::array<bool, 256> inside{};
  for (std::size_t tissue = 0; tissue < inside.size(); ++tissue) {
    inside[tissue] = inRegion(static_cast<std::uint8_t>(tissue), region);
  }
  std::size_t both = 0;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < truth.voxels.size(); ++i) {
    const bool p = inside[predicted.voxels[i]];
    const bool t = inside[truth.voxels[i]];
    both += p && t ? 1 : 0;
    sum += (p ? 1 : 0) + (t ? 1 : 0);
  }
  return sum == 0 ? 1.0 : 2.0 * static_cast<double>(both) / static_cast<double>(sum);
}

}  // namespace modascope
