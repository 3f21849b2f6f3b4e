#pragma once

#include <optional>
#include <vector>

namespace modascope {

/// Values beyond these are outliers: few, and far from all others.
struct Fence {
  double low;
  double high;
  bool holds(double value) const { return value >= low && value <= high; }
};

/// Three times the span that the middle 99 % of the values have lies on either side of it, so that
/// the steep beginning of a curve stays inside. Nothing for fewer than a hundred values, where
/// their middle does not differ, and where none lies beyond. NaN and infinities are left out.
std::optional<Fence> fenceAround(std::vector<double> values);

}  // namespace modascope
