#include "core/problem/regions/label_colours.h"

namespace modascope {

Colour colourOf(const RegionSchema& regions, std::uint8_t label) {
  const Region* smallest = nullptr;
  for (const Region& region : regions) {
    if (!region.holds(label)) continue;
    if (smallest == nullptr || region.labels.size() <= smallest->labels.size()) smallest = &region;
  }
  return smallest != nullptr ? smallest->colour : Colour{};
}

}  // namespace modascope
