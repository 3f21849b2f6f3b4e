#pragma once

#include <filesystem>
#include <string>

#include "core/dicom/dicom_series.h"
#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// What made a segmentation, for whoever finds it in an archive.
struct SegmentationOrigin {
  std::string algorithm;  ///< "ds-norm, gmd, step 600"
  std::string version;    ///< of this program
};

/// A DICOM Segmentation Storage object: one binary segment a label that occurs, referring to the
/// slices of the series, whose patient and study it belongs to. `labels` lie on the series' grid;
/// throws `Error` otherwise, when nothing is marked, and when it cannot be written.
void writeDicomSeg(const std::filesystem::path& file, const LabelVolume& labels,
                   const RegionSchema& regions, const DicomSeries& series,
                   const SegmentationOrigin& origin);

/// The labels of such an object on the series' grid, by the names of its segments. Throws `Error`
/// naming the file: no segmentation, cut off, of another place, with a segment whose name is no
/// label's, or with segments over each other.
LabelVolume readDicomSeg(const std::filesystem::path& file, const RegionSchema& regions,
                         const VoxelGrid& grid);

}  // namespace modascope
