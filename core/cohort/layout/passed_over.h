#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/cohort/layout/case_files.h"

namespace modascope {

/// Says of volumes in a case's folder that no one took them, and what to name them if they are what
/// the case lacks. A case that lacks something gets warnings, any other remarks. `prefix` is what
/// its files begin with; those of an nnU-Net folder have their segmentations in `labelFolder`.
void notePassedOver(CaseFiles& files, const std::vector<std::filesystem::path>& volumes,
                    const std::string& prefix, const std::filesystem::path& labelFolder = {});

}  // namespace modascope
