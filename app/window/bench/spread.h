#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

namespace modascope {

/// Of times that were measured, at least one.
inline double medianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

inline double mostOf(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

inline double meanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace modascope
