#pragma once

#include <filesystem>

#include "core/adapters/adapter_set.h"

namespace modascope {

/// All adapters of a network in one small safetensors file: a flat tensor δ [count] for each
/// subset, "t1+flair"; method, modalities and the base's fingerprint as metadata, and a checksum
/// over all of it.
void writeAdapters(const std::filesystem::path& file, const AdapterSet& adapters);

/// Throws `Error` naming the file when it is damaged, holds no adapters, or holds those of another
/// network, other weights or other modalities.
AdapterSet readAdapters(const std::filesystem::path& file, const MultimodalModel& base);

}  // namespace modascope
