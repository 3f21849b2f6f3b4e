#pragma once

#include <string>

#include "core/metrics/subset_table.h"

namespace modascope {

/// A row for each subset. Columns say what they measure where the table has several measures, and
/// that they are agreement where there is no truth.
std::string csvOf(const SubsetTable& table);

}  // namespace modascope
