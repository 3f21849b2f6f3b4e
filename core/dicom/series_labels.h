#pragma once

#include "core/dicom/dicom_series.h"
#include "core/volume/volume.h"

namespace modascope {

/// Labels of a case on the grid of the series that it was made from: as they are where the grids
/// are equal, else by their largest share. Throws `Error` when the two have no place in common, or
/// more than a hundredth of what is labelled lies outside the series.
LabelVolume labelsOnSeries(const LabelVolume& labels, const DicomSeries& series);

}  // namespace modascope
