#pragma once

#include <QString>

#include "core/metrics/attribution.h"

namespace modascope {

/// How the maps divide among the modalities in each region as predicted, and everywhere, as a table
/// in rich text; "–" where all maps are 0. Empty without maps.
QString shareTable(const Attribution& attribution);

}  // namespace modascope
