#pragma once

#include <span>
#include <string>

namespace modascope {

/// Whether labels are ratings of sentiment, as of MOSI and MOSEI: from −3 to 3, on both sides
/// beyond
/// 1. They may reach 3.67, and up to a tenth of them 6: old releases hold 3.33 and 5.
struct SentimentRange {
  bool sentiment = false;
  std::string note;  ///< what there is to say of it; empty if all lie inside
};

/// Labels that are not finite count for nothing.
SentimentRange sentimentRange(std::span<const float> labels);

/// "2.5", "-1"
std::string shortly(double value);

}  // namespace modascope
