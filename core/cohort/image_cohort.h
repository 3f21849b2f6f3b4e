#pragma once

#include "core/cohort/cohort.h"

namespace modascope {

/// Whether a folder holds pictures, each modality in a folder of its own (core/imagefolder).
bool isImageFolder(const std::filesystem::path& folder);
/// Whether there are pictures in one of its folders, be they understood or not.
bool holdsPictures(const std::filesystem::path& folder);
/// Its scenes as cases, and its splits.
Cohort imageCohort(const std::filesystem::path& folder);

}  // namespace modascope
