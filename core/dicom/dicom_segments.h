#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// A term of a coding scheme: 6574001 of SNOMED CT ("SCT"), "Necrosis".
struct DicomCode {
  std::string value;
  std::string scheme;
  std::string meaning;

  bool operator==(const DicomCode&) const = default;
};

/// What a DICOM segmentation says of one of its labels.
struct DicomSegment {
  std::string name;  ///< "NCR"
  DicomCode category;
  DicomCode type;
  Colour colour;
};

/// Of a label. Those of BraTS are coded by DICOM's context group 7168 (brain lesions with
/// necrosis); another is a lesion where it or a region of it is called so, or a tumour, and else
/// tissue, so that nothing healthy is said to be ill.
DicomSegment segmentOf(const RegionSchema& regions, std::uint8_t label);

/// Plain ASCII of at most 64 characters, without a backslash, which every character set has and
/// DICOM takes for one value.
std::string dicomText(const std::string& text);

/// "gmd-1, ds-norm, step 600", of the run in that folder.
std::string algorithmName(const std::filesystem::path& run, const std::string& network,
                          std::int64_t step);

/// The label that `regions` calls so in a segment. Throws `Error` when it is none or several.
std::uint8_t labelCalled(const std::string& name, const RegionSchema& regions);

/// The labels that have voxels, rising. Throws `Error` when there is none, or one that `regions`
/// does not list.
std::vector<std::uint8_t> labelsIn(const LabelVolume& labels, const RegionSchema& regions);

}  // namespace modascope
