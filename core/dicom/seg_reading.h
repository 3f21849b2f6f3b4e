#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/dicom/dicom_segments.h"
#include "core/volume/volume.h"

namespace modascope {

/// A segmentation as a file has it.
struct DicomSeg {
  LabelVolume labels;  ///< from the first slice that a frame shows to the last; 1 is segments[0]
  std::vector<DicomSegment> segments;
  std::string description;  ///< of the series that it is itself
  std::string algorithm;    ///< of its first segment; empty of what was drawn by hand
};

/// Reads a binary segmentation whose segments do not overlap and whose frames lie evenly. Throws
/// `Error` naming the file and what it is instead, or that it is truncated or damaged.
DicomSeg readDicomSeg(const std::filesystem::path& file);

}  // namespace modascope
