#pragma once

#include "core/cohort/cohort.h"
#include "core/cohort/layout/case_files.h"
#include "core/volume/volume_io.h"

namespace modascope {

/// Opens the headers of a case's files and says what is usable.
CaseInfo inspect(const CaseFiles& files);

/// The case's segmentation. A numbering that a dataset.json states is kept, and a value that it
/// does not know is an `Error`; one that the names suggest may be overruled by the values.
SegmentationFile readSegmentationOf(const CaseInfo& info);

}  // namespace modascope
