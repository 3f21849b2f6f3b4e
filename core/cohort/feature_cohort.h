#pragma once

#include <stop_token>

#include "core/cohort/cohort.h"

namespace modascope {

/// The samples of a file of features (core/featurefile) as cases: their modalities, and the file's
/// splits.
Cohort featureCohort(const std::filesystem::path& file, std::stop_token stop = {});

}  // namespace modascope
