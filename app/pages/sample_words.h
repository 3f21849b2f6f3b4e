#pragma once

#include <QStringList>

#include "core/cohort/cohort.h"

namespace modascope {

/// "2199 samples: 1257 train, 190 valid, 752 test", "text (100), audio (73), vision (28 × 28)" and
/// "regression: sentiment".
QStringList summaryOfSamples(const Cohort& cohort);
/// "validation", for the split "valid".
QString splitWords(const std::string& split);

}  // namespace modascope
