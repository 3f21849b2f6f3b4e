#pragma once

#include <filesystem>
#include <string>

#include "core/dicom/dicom_series.h"
#include "core/problem/regions/region.h"

namespace modascope {

/// Of what a segmentation is, and which network made it.
struct DicomSegSource {
  RegionSchema regions;   ///< that name and colour the labels
  std::string algorithm;  ///< "gmd-1, ds-norm, step 600"
};

/// Writes labels that lie on the series' grid as a binary DICOM segmentation of the series'
/// patient, study and frame of reference, atomically: one segment a label that has voxels, of each
/// only the slices where it is, and of the first also the ends of the series. Patient and study are
/// taken from the series' first slice as it is now. Throws `Error` when there is no label, when
/// the grids differ, and when the slice is another or the file cannot be written.
void writeDicomSeg(const std::filesystem::path& file, const DicomSeries& series,
                   const LabelVolume& labels, const DicomSegSource& source);

}  // namespace modascope
