#pragma once

#include <filesystem>

#include "core/checkpoints/name_map.h"
#include "core/models/model.h"

namespace modascope {

/// Reads weights that were trained elsewhere into a network. F16, BF16 and F64 become float32.
/// Throws `Error` that lists the tensors that are missing, misshapen or not of this network (at
/// most ten); the network is then as it was.
void importWeights(const std::filesystem::path& file, const NameMap& map,
                   const MultimodalModel& model);

/// Writes a network's weights, float32, under the other names. Throws `Error` when two of them
/// would be called the same.
void exportWeights(const std::filesystem::path& file, const NameMap& map,
                   const MultimodalModel& model);

}  // namespace modascope
