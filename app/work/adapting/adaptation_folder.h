#pragma once

#include <filesystem>

namespace modascope {

/// Whether the run's network is another's with adapters.
bool isAdaptation(const std::filesystem::path& run);
/// And it was brought to its end.
bool isWholeAdaptation(const std::filesystem::path& run);

/// adapters.safetensors of an adaptation's folder.
std::filesystem::path adaptersFile(const std::filesystem::path& run);
/// plan.json: what it was asked for.
std::filesystem::path planFile(const std::filesystem::path& run);
/// adaptation.json: what it is worth.
std::filesystem::path reportFile(const std::filesystem::path& run);

}  // namespace modascope
