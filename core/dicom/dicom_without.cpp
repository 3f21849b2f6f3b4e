#include "core/base/error.h"
#include "core/dicom/dicom_series.h"

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

}  // namespace modascope
