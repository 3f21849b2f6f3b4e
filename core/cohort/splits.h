#pragma once

#include <filesystem>
#include <optional>

#include "core/cohort/cohort.h"

namespace modascope {

/// `split.json` of a cohort's folder: {"train": ["id", …], "valid": […], …}. Nothing if there is
/// none; throws `Error` when it is not understood.
std::optional<Splits> readSplits(const std::filesystem::path& cohortFolder);

}  // namespace modascope
