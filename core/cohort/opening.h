#pragma once

#include <stop_token>

#include "core/cohort/cohort.h"

namespace modascope {

/// As `openCohort`; for the window, where opening is cancelled and the window closed. Throws
/// `Error` when it is stopped. Files of features are left at once, folders of images when all are
/// looked at.
Cohort openCohortUntil(const std::filesystem::path& path, std::stop_token stop);

}  // namespace modascope
