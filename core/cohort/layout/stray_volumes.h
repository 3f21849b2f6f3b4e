#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/cohort/layout/case_files.h"

namespace modascope {

/// Whether a file's name begins with the case's and goes on with another word.
bool belongsTo(const std::filesystem::path& file, const std::string& id);

/// Gives each volume that was not understood to the case whose name it begins with, the longest
/// such name first; the rest become cases with a problem. Of an nnU-Net folder, the segmentations
/// are in `labelFolder`.
void shareVolumes(const std::vector<std::filesystem::path>& volumes,
                  const std::filesystem::path& labelFolder, std::vector<CaseFiles>& cases);

/// Likewise of volumes that lie beside the folders of cases: they are named, and no case takes
/// them.
void noteVolumesOutside(const std::vector<std::filesystem::path>& volumes,
                        std::vector<CaseFiles>& cases);

}  // namespace modascope
