#pragma once

#include "core/dicom/seg_reading.h"
#include "core/problem/regions/region.h"

namespace modascope {

/// With the labels that `regions` calls as the segments are called. Throws `Error` naming a segment
/// that it does not know.
LabelVolume labelsBy(const RegionSchema& regions, const DicomSeg& seg);

}  // namespace modascope
