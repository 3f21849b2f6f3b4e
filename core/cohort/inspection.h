#pragma once

#include "core/cohort/cohort.h"
#include "core/cohort/layout.h"

namespace modascope {

/// Opens a case's files (`Depth::Headers`: only their headers) and says what is usable.
CaseInfo inspect(const CaseFiles& files, Depth depth);

}  // namespace modascope
