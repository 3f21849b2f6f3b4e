#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/volume/volume.h"

namespace modascope {

/// What the header of a single slice says.
struct SliceHeader {
  std::filesystem::path file;
  std::string sopClass;
  std::string sopInstance;
  std::string study;
  std::string series;
  std::string frameOfReference;
  std::string modality;
  std::string description;
  std::int64_t columns = 0;
  std::int64_t rows = 0;
  Vec3 origin{};             ///< LPS mm, centre of the first pixel
  Vec3 alongRow{};           ///< unit vectors: to the next column,
  Vec3 alongColumn{};        ///< and to the next row
  double columnSpacing = 0;  ///< mm, from column to column
  double rowSpacing = 0;
};

/// A file of a folder: a slice, or what it is instead.
struct DicomFile {
  std::optional<SliceHeader> slice;
  std::string kind;  ///< "EnhancedMRImageStorage" of what is no slice; empty: no DICOM file
};

/// Throws `Error` naming the file when it is DICOM and truncated or damaged, or a slice that does
/// not say where it lies.
DicomFile readDicomFile(const std::filesystem::path& file);

}  // namespace modascope
