#include "core/dicom/slice_header.h"

#include <array>
#include <cmath>

#include <dcmtk/dcmdata/dcuid.h>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/dicom/dcmtk_use.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

bool isSliceClass(const std::string& sopClass) {
  return sopClass == UID_MRImageStorage || sopClass == UID_CTImageStorage ||
         sopClass == UID_PositronEmissionTomographyImageStorage;
}

[[noreturn]] void throwWithout(const fs::path& file, const std::string& what) {
  throw Error(inQuotes(file) + " is a slice without " + what +
              ": it is damaged, or a program has taken that out of it.");
}

/// All numbers of an attribute, so many as there must be.
template <std::size_t N>
std::array<double, N> numbersIn(const SliceHeader& of, DcmItem& item, const DcmTagKey& tag,
                                const std::string& what) {
  std::array<double, N> numbers{};
  for (std::size_t i = 0; i < N; ++i) {
    const OFCondition found =
        item.findAndGetFloat64(tag, numbers[i], static_cast<unsigned long>(i));
    if (found.bad() || !std::isfinite(numbers[i])) throwWithout(of.file, what);
  }
  return numbers;
}

double dot(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vec3 unit(const Vec3& along) {
  const double length = std::sqrt(dot(along, along));
  return {along[0] / length, along[1] / length, along[2] / length};
}

void readDirections(SliceHeader& slice, DcmItem& item) {
  constexpr double kSquare = 1e-3;
  const auto cosines = numbersIn<6>(slice, item, DCM_ImageOrientationPatient, "an orientation");
  const Vec3 row{cosines[0], cosines[1], cosines[2]}, column{cosines[3], cosines[4], cosines[5]};
  if (std::abs(dot(row, row) - 1) > kSquare || std::abs(dot(column, column) - 1) > kSquare ||
      std::abs(dot(row, column)) > kSquare)
    throw Error(inQuotes(slice.file) +
                " states an orientation whose two directions are no unit vectors at right angles.");
  slice.alongRow = unit(row);
  slice.alongColumn = unit(column);
}

void readPlace(SliceHeader& slice, DcmItem& item) {
  readDirections(slice, item);
  slice.origin = numbersIn<3>(slice, item, DCM_ImagePositionPatient, "a position");
  const auto spacing = numbersIn<2>(slice, item, DCM_PixelSpacing, "a pixel spacing");
  slice.rowSpacing = spacing[0];
  slice.columnSpacing = spacing[1];
  Uint16 rows = 0, columns = 0;
  item.findAndGetUint16(DCM_Rows, rows);
  item.findAndGetUint16(DCM_Columns, columns);
  slice.rows = rows;
  slice.columns = columns;
  if (rows == 0 || columns == 0) throwWithout(slice.file, "rows or columns");
  if (!item.tagExists(DCM_PixelData)) throwWithout(slice.file, "pixels");
  if (!(spacing[0] > 0 && spacing[1] > 0)) throwWithout(slice.file, "a pixel spacing above 0");
}

void readIdentity(SliceHeader& slice, DcmItem& item) {
  slice.sopInstance = textIn(item, DCM_SOPInstanceUID);
  slice.study = textIn(item, DCM_StudyInstanceUID);
  slice.series = textIn(item, DCM_SeriesInstanceUID);
  slice.frameOfReference = textIn(item, DCM_FrameOfReferenceUID);
  slice.modality = textIn(item, DCM_Modality);
  slice.description = validText(textIn(item, DCM_SeriesDescription));
  if (slice.sopInstance.empty() || slice.study.empty() || slice.series.empty())
    throwWithout(slice.file, "the UIDs of itself, its series and its study");
  if (slice.frameOfReference.empty())
    throwWithout(slice.file, "a frame of reference, which a segmentation of it would share");
}

/// What a file holds stands at its beginning as well, where a truncated one still has it.
std::string classOf(DcmFileFormat& format) {
  const std::string stated = textIn(*format.getDataset(), DCM_SOPClassUID);
  return stated.empty() ? textIn(*format.getMetaInfo(), DCM_MediaStorageSOPClassUID) : stated;
}

/// "EnhancedMRImageStorage", or the UID of a class that DCMTK does not know.
std::string classInWords(const std::string& sopClass) {
  const char* name = dcmFindNameOfUID(sopClass.c_str());
  return name != nullptr ? name : "DICOM of the class " + validText(sopClass);
}

}  // namespace

DicomFile readDicomFile(const fs::path& file) {
  if (!beginsAsDicom(file)) return {};
  DcmFileFormat format;
  loadDicom(file, format);
  DcmDataset& item = *format.getDataset();
  SliceHeader slice;
  slice.file = file;
  slice.sopClass = classOf(format);
  if (slice.sopClass.empty()) throwWithout(file, "a class");
  if (!isSliceClass(slice.sopClass)) return {std::nullopt, classInWords(slice.sopClass)};
  readIdentity(slice, item);
  readPlace(slice, item);
  return {slice, {}};
}

}  // namespace modascope
