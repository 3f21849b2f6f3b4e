#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/cohort/layout/case_files.h"

namespace modascope {

/// Whether a file's name begins with the case's and goes on with another word.
bool belongsTo(const std::filesystem::path& file, const std::string& id);

/// What is said of volumes that no case takes.
struct StrayWords {
  /// Says in a case that those whose names begin with its own were passed over.
  std::function<void(CaseFiles&, const std::vector<std::filesystem::path>&)> note;
  /// Why one that begins like no case was passed over; "it names no modality".
  std::function<std::string(const std::filesystem::path&)> reason;
};

/// Gives each volume that was not understood to the case whose name it begins with, the longest
/// such name first; the rest become cases with a problem.
void shareVolumes(const std::vector<std::filesystem::path>& volumes, const StrayWords& words,
                  std::vector<CaseFiles>& cases);

/// Likewise of volumes that lie beside the folders of cases: they are named, and no case takes
/// them.
void noteVolumesOutside(const std::vector<std::filesystem::path>& volumes,
                        std::vector<CaseFiles>& cases);

/// The volumes in a folder of the case's that no case takes.
void noteFolder(CaseFiles& files, const std::filesystem::path& folder);

}  // namespace modascope
