#include "app/work/looking/dicom_export.h"

#include <algorithm>

#include "app/version/version.h"
#include "core/base/error.h"
#include "core/dicom/dicom_seg.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

bool isMarked(const LabelVolume& labels) {
  return std::any_of(labels.voxels.begin(), labels.voxels.end(),
                     [](std::uint8_t value) { return value != 0; });
}

}  // namespace

void exportDicomSeg(const std::filesystem::path& file, const LabelVolume& labels,
                    const RegionSchema& regions, const std::filesystem::path& series,
                    const std::string& algorithm) {
  const DicomSeries slices = openDicomSeries(series);
  const LabelVolume placed = resampleLabels(labels, slices.grid);
  if (isMarked(labels) && !isMarked(placed))
    throw Error("The DICOM series in " + series.string() +
                " lies elsewhere: nothing that was found is inside it. Name the series that the "
                "case was made from.");
  writeDicomSeg(file, placed, regions, slices, {algorithm, programVersion()});
}

std::string algorithmOf(const std::string& network, const std::string& method, std::int64_t step) {
  return network + ", " + method + ", step " + std::to_string(step);
}

}  // namespace modascope
