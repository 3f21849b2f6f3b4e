#pragma once

#include <string>

#include "core/demo/demo_facts.h"

namespace modascope {

/// How a demonstration's arrays are packed, wherever they go: one byte a voxel, x fastest.
std::string bytesOf(const LabelVolume& labels);
/// 0…1 in this many steps: finer ones cannot be seen.
inline constexpr float kMarginSteps = 15;
std::string bytesOfMargins(const Volume& margins);

/// What demo.json says of it.
DemoFacts factsOf(const Demo& demo, bool asIs);

}  // namespace modascope
