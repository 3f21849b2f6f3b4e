#include "core/base/error.h"
#include "core/dicom/dicom_series.h"
#include "core/dicom/seg_reading.h"
#include "core/dicom/seg_writing.h"

namespace modascope {
namespace {

[[noreturn]] void refuse() {
  throw Error(
      "This build has no medical images (it was made with MODASCOPE_IMAGING=OFF); build it with "
      "ITK "
      "and DCMTK to read and write DICOM files.");
}

}  // namespace

DicomSeries readDicomSeries(const std::filesystem::path&) {
  refuse();
}

void writeDicomSeg(const std::filesystem::path&, const DicomSeries&, const LabelVolume&,
                   const DicomSegSource&) {
  refuse();
}

DicomSeg readDicomSeg(const std::filesystem::path&) {
  refuse();
}

}  // namespace modascope
