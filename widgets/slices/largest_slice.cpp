#include "widgets/slices/largest_slice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace modascope {
namespace {

template <typename Visit>
void eachLabelledVoxel(const LabelVolume& labels, const Visit& visit) {
  std::array<std::int64_t, 3> at;
  for (at[2] = 0; at[2] < labels.grid.size[2]; ++at[2]) {
    for (at[1] = 0; at[1] < labels.grid.size[1]; ++at[1]) {
      for (at[0] = 0; at[0] < labels.grid.size[0]; ++at[0]) {
        if (labels.at(at[0], at[1], at[2]) != 0) visit(at);
      }
    }
  }
}

}  // namespace

std::optional<Vec3> middleOfLargestSlice(const LabelVolume& labels, std::size_t axis) {
  std::vector<std::int64_t> area(static_cast<std::size_t>(labels.grid.size[axis]), 0);
  eachLabelledVoxel(labels, [&](const auto& at) { ++area[static_cast<std::size_t>(at[axis])]; });
  const auto largest = std::max_element(area.begin(), area.end());
  if (largest == area.end() || *largest == 0) return std::nullopt;
  Vec3 middle{0, 0, 0};
  eachLabelledVoxel(labels, [&](const auto& at) {
    if (at[axis] != largest - area.begin()) return;
    for (std::size_t a = 0; a < 3; ++a) {
      middle[a] += static_cast<double>(at[a]) / static_cast<double>(*largest);
    }
  });
  for (double& along : middle) along = std::round(along);
  return labels.grid.toWorld(middle);
}

}  // namespace modascope
