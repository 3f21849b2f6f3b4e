#include "core/problem/regions/region_labels.h"

#include <algorithm>
#include <bit>

namespace modascope {
namespace {

std::uint8_t patternOf(std::uint8_t label, const RegionSchema& regions) {
  unsigned pattern = 0;
  for (const Region& region : regions)
    if (region.holds(label)) pattern |= 1u << region.place;
  return static_cast<std::uint8_t>(pattern);
}

std::uint8_t ownLabel(const Region& region, const RegionSchema& regions) {
  return *std::min_element(
      region.labels.begin(), region.labels.end(), [&](std::uint8_t a, std::uint8_t b) {
        return std::popcount(patternOf(a, regions)) < std::popcount(patternOf(b, regions));
      });
}

}  // namespace

RegionLabels::RegionLabels(const RegionSchema& regions) {
  for (const Region& region : regions) own_[region.place] = ownLabel(region, regions);
  const bool nested = regions.isNested();
  for (unsigned pattern = 1; pattern < (1u << regions.size()); ++pattern) {
    const auto innermost = static_cast<std::size_t>(std::bit_width(pattern) - 1);
    labels_[pattern] = own_[innermost];
    isContested_[pattern] = !nested && std::popcount(pattern) > 1;
  }
  std::array<bool, 256> isLabelled{};
  for (const Label& label : regions.labels()) {
    const std::uint8_t pattern = patternOf(label.value, regions);
    if (isLabelled[pattern]) continue;
    labels_[pattern] = label.value;
    isContested_[pattern] = false;
    isLabelled[pattern] = true;
  }
}

}  // namespace modascope
