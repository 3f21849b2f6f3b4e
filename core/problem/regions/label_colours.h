#pragma once

#include "core/problem/regions/region.h"

namespace modascope {

/// Where labels and not regions are coloured: that of the smallest region that has the label, so
/// that a nested region shows its own; of equal ones the later. Black of a label that is in none.
Colour colourOf(const RegionSchema& regions, std::uint8_t label);

}  // namespace modascope
