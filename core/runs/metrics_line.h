#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/events/events.h"

namespace modascope {

/// A line of metrics.jsonl, without its end: one JSON object with "type" "step" or "validation".
/// Numbers read back as they were; what is not finite is null, which reads as NaN. Subsets are the
/// bits of their set, bit 0 the first modality of the manifest; the Gram matrix is its lower half.
std::string metricsLine(const StepEvent& event);
std::string metricsLine(const ValidationEvent& event);

using MetricsEvent = std::variant<StepEvent, ValidationEvent>;
/// Nothing when it is no such line.
std::optional<MetricsEvent> parseMetricsLine(std::string_view line);
std::int64_t stepOf(const MetricsEvent& event);

}  // namespace modascope
