#pragma once

#include "core/cohort/cohort.h"
#include "core/cohort/layout.h"
#include "core/volume/volume_io.h"

namespace modascope {

/// Opens a case's files (`Depth::Headers`: only their headers) and says what is usable.
CaseInfo inspect(const CaseFiles& files, Depth depth);

/// The case's segmentation. A numbering that a dataset.json states is kept, and a value that it
/// does not know is an `Error`; one that the names suggest may be overruled by the values.
SegmentationFile readSegmentationOf(const CaseInfo& info);

}  // namespace modascope
