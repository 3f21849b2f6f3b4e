#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/work/trained_run.h"

namespace modascope {

/// The weights become what 16 bits keep of them.
void roundToHalf(const TrainedRun& run);

/// The parts of a demonstration that hold its network `number`: weights as 16-bit safetensors, and
/// the settings that it was trained with. Nothing in them says where its data lay.
std::vector<std::pair<std::string, std::string>> packedNetwork(const TrainedRun& run,
                                                               std::size_t number);

}  // namespace modascope
