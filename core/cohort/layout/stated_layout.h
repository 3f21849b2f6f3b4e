#pragma once

#include "core/cohort/layout/case_files.h"
#include "core/cohort/naming/problem_file.h"

namespace modascope {

/// The cases below a folder, sorted by id, where a problem.toml says what the names of files mean.
/// Files of one folder that bear one name are a case, which is called as the folder where it is the
/// only one; folders named imagesTr or imagesTs hold many, their labels lie in labelsTr or labelsTs
/// beside them, and `_0000` is the first modality. Volumes that no case takes are named in the case
/// that they lie beside, or are cases with a problem.
std::vector<CaseFiles> findStatedCases(const std::filesystem::path& folder,
                                       const ProblemFile& said);

}  // namespace modascope
