#pragma once

#include <filesystem>

#include "app/work/adaptation.h"

namespace modascope {

/// adapters.safetensors of an adaptation's folder.
std::filesystem::path adaptersFile(const std::filesystem::path& run);
/// adaptation.json: the base, how it was adapted, and both tables of scores.
void writeAdaptation(const std::filesystem::path& run, const AdaptationReport& report);

}  // namespace modascope
