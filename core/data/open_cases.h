#pragma once

#include <memory>
#include <stop_token>

#include "core/data/case_source.h"

namespace modascope {

/// Of the cohort's kind of data. Throws `Error` when the data cannot be read, and where reading a
/// file of features is stopped.
std::shared_ptr<const CaseSource> openCases(const Cohort& cohort, const std::stop_token& stop = {});

}  // namespace modascope
