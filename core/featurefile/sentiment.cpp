#include "core/featurefile/sentiment.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace modascope {
namespace {

constexpr float kMost = 3, kRounding = 1e-3F, kNear = 3.67F, kFarOut = 6;

struct Range {
  std::size_t count = 0, outside = 0;
  float least = 0, largest = 0;
};

Range rangeOf(std::span<const float> labels) {
  Range range;
  for (const float label : labels) {
    if (!std::isfinite(label)) continue;
    range.least = range.count == 0 ? label : std::min(range.least, label);
    range.largest = range.count == 0 ? label : std::max(range.largest, label);
    ++range.count;
    range.outside += std::fabs(label) > kMost + kRounding;
  }
  return range;
}

std::string fromTo(const Range& range) {
  return "from " + shortly(range.least) + " to " + shortly(range.largest);
}

std::string outsideOf(const Range& range) {
  return std::to_string(range.outside) + " of " + std::to_string(range.count) +
         (range.outside == 1 ? " labels lies" : " labels lie") + " outside -3 to 3 (they go " +
         fromTo(range) + ")";
}

}  // namespace

std::string shortly(double value) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << value;
  return text.str();
}

SentimentRange sentimentRange(std::span<const float> labels) {
  const Range range = rangeOf(labels);
  if (range.least >= -1 || range.largest <= 1)
    return {false, "The labels go " + fromTo(range) +
                       "; scores of sentiment are not shown, they are for ratings from -3 to 3."};
  const float farthest = std::max(-range.least, range.largest);
  if (farthest > kFarOut || (farthest > kNear && range.outside * 10 > range.count))
    return {false, outsideOf(range) +
                       "; scores of sentiment are not shown, they are for ratings from -3 to 3."};
  if (range.outside == 0) return {true, {}};
  return {true, outsideOf(range) +
                    "; the labels are taken for sentiment, and Acc-7 counts those as -3 or 3."};
}

}  // namespace modascope
