#pragma once

#include <filesystem>
#include <vector>

#include "core/cohort/layout/case_files.h"

namespace modascope {

/// The cases below a folder, sorted by id: the folder's own files if they name modalities, else the
/// cases of its subfolders (two levels deep, as in HGG/<case>; sessions of BIDS are no level of
/// their own), else its 4D files. Folders named imagesTr or imagesTs hold many cases, their labels
/// lie in labelsTr or labelsTs beside them. A dataset.json decides what numbered channels and
/// labels mean. Volumes that no case takes are named in the case that they lie beside, or are cases
/// with a problem.
std::vector<CaseFiles> findCases(const std::filesystem::path& folder);

/// A 4D file as a case. Throws `Error` when it has not one image per channel that is known.
CaseFiles fourDCase(const std::filesystem::path& file);

}  // namespace modascope
