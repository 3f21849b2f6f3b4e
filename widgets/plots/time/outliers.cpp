#include "widgets/plots/time/outliers.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr std::size_t kFewest = 100;
constexpr std::size_t kOneIn = 200;  // at each end
constexpr double kSpans = 3;

}  // namespace

std::optional<Fence> fenceAround(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.size() < kFewest) return std::nullopt;
  const auto left = static_cast<std::ptrdiff_t>(values.size() / kOneIn + 1);
  const auto low = values.begin() + left, high = values.end() - 1 - left;
  std::nth_element(values.begin(), low, values.end());
  std::nth_element(low + 1, high, values.end());
  const double span = *high - *low;
  const Fence fence{*low - kSpans * span, *high + kSpans * span};
  const bool allInside =
      std::all_of(values.begin(), values.end(), [&](double value) { return fence.holds(value); });
  if (span <= 0 || allInside) return std::nullopt;
  return fence;
}

}  // namespace modascope
