#pragma once

#include <filesystem>
#include <string>

#include "app/work/trained_run.h"
#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// Writes labels as a DICOM segmentation of the series in a folder, on whose grid they are put; its
/// patient and study are the series'. Throws `Error` when the series cannot be read or lies
/// elsewhere.
void exportDicomSeg(const std::filesystem::path& file, const LabelVolume& labels,
                    const RegionSchema& regions, const std::filesystem::path& series,
                    const std::string& algorithm);

/// "ds-norm, gmd, step 600"
std::string algorithmOf(const std::string& network, const std::string& method, std::int64_t step);

}  // namespace modascope
