#pragma once

#include <string>

#include "core/metrics/subset_table.h"

namespace modascope {

/// A row for each subset. Columns say what they measure where the table has several measures, and
/// that they are agreement where there is no truth. `sets`: what the subsets are called.
std::string csvOf(const SubsetTable& table, const std::string& sets = "modalities");

}  // namespace modascope
