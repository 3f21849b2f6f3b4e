#include "core/dicom/dicom_series.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/dicom/quiet_toolkit.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr double kAlike = 1e-3;     // of direction cosines and of spacings
constexpr double kUneven = 0.1;     // of the distance between two slices
constexpr long kPixelsStay = 1024;  // longer values are not read

struct Slice {
  fs::path file;
  std::string series, description;
  std::int64_t columns = 0, rows = 0;
  Vec3 position{}, row{}, column{};
  double columnMm = 0, rowMm = 0;
  double along = 0;  ///< of the position on the normal
};

std::string textIn(DcmDataset& data, const DcmTagKey& tag) {
  OFString text;
  return data.findAndGetOFStringArray(tag, text).good() ? text.c_str() : "";
}

template <std::size_t N>
bool numbersIn(DcmDataset& data, const DcmTagKey& tag, std::array<double, N>& numbers) {
  for (std::size_t i = 0; i < N; ++i)
    if (data.findAndGetFloat64(tag, numbers[i], i).bad() || !std::isfinite(numbers[i]))
      return false;
  return true;
}

double product(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

bool areUnitAxes(const Vec3& a, const Vec3& b) {
  return std::abs(product(a, a) - 1) < kAlike && std::abs(product(b, b) - 1) < kAlike &&
         std::abs(product(a, b)) < kAlike;
}

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
  throw Error("The DICOM file " + file.string() + ' ' + why + '.');
}

/// Nothing where the file is no DICOM, or has no pixels.
std::optional<Slice> sliceIn(const fs::path& file) {
  DcmFileFormat format;
  if (format.loadFile(file.c_str(), EXS_Unknown, EGL_noChange, kPixelsStay, ERM_fileOnly).bad())
    return std::nullopt;
  DcmDataset& data = *format.getDataset();
  Uint16 rows = 0, columns = 0;
  if (data.findAndGetUint16(DCM_Rows, rows).bad() ||
      data.findAndGetUint16(DCM_Columns, columns).bad())
    return std::nullopt;
  Sint32 frames = 1;
  if (data.findAndGetSint32(DCM_NumberOfFrames, frames).good() && frames > 1)
    refuse(file, "holds several frames; a series of single slices is expected");
  Slice slice{file, textIn(data, DCM_SeriesInstanceUID), textIn(data, DCM_SeriesDescription)};
  slice.rows = rows;
  slice.columns = columns;
  std::array<double, 6> axes{};
  std::array<double, 2> spacing{};
  if (!numbersIn(data, DCM_ImageOrientationPatient, axes) ||
      !numbersIn(data, DCM_ImagePositionPatient, slice.position) ||
      !numbersIn(data, DCM_PixelSpacing, spacing))
    refuse(file, "does not say where in the patient it lies");
  slice.row = {axes[0], axes[1], axes[2]};
  slice.column = {axes[3], axes[4], axes[5]};
  slice.rowMm = spacing[0];
  slice.columnMm = spacing[1];
  if (!areUnitAxes(slice.row, slice.column) || slice.rowMm <= 0 || slice.columnMm <= 0)
    refuse(file, "has directions or spacings that cannot be");
  slice.along = product(slice.position, cross(slice.row, slice.column));
  return slice;
}

void requireOneSeries(const std::vector<Slice>& slices, const fs::path& folder) {
  std::map<std::string, std::string> series;
  for (const Slice& slice : slices) series.emplace(slice.series, slice.description);
  if (series.size() < 2) return;
  std::vector<std::string> names;
  for (const auto& [uid, description] : series)
    names.push_back(inQuotes(description.empty() ? uid : description));
  throw Error("The folder " + folder.string() + " holds " + std::to_string(series.size()) +
              " series (" + joined(names) + "); give each a folder of its own.");
}

void requireAlike(const Slice& first, const Slice& other) {
  const bool alike = first.rows == other.rows && first.columns == other.columns &&
                     std::abs(first.rowMm - other.rowMm) < kAlike * first.rowMm &&
                     std::abs(first.columnMm - other.columnMm) < kAlike * first.columnMm &&
                     product(first.row, other.row) > 1 - kAlike &&
                     product(first.column, other.column) > 1 - kAlike;
  if (!alike)
    refuse(other.file, "has another size or direction than " + first.file.filename().string());
}

/// mm between the slices, which are in order.
double gapOf(const std::vector<Slice>& slices) {
  if (slices.size() < 2) return 1;
  std::vector<double> gaps;
  for (std::size_t i = 1; i < slices.size(); ++i)
    gaps.push_back(slices[i].along - slices[i - 1].along);
  std::vector<double> sorted = gaps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                   sorted.end());
  const double usual = sorted[sorted.size() / 2];
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    if (usual > 0 && std::abs(gaps[i] - usual) <= kUneven * usual) continue;
    char words[160];
    std::snprintf(words, sizeof words,
                  "lies %.2f mm behind the slice before it, where %.2f mm are usual", gaps[i],
                  usual);
    refuse(slices[i + 1].file, words);
  }
  return (slices.back().along - slices.front().along) / static_cast<double>(gaps.size());
}

}  // namespace

DicomSeries openDicomSeries(const fs::path& folder) {
  quietToolkit();
  std::vector<Slice> slices;
  for (const fs::path& file : entriesOf(folder)) {
    if (!isFile(file)) continue;
    if (auto slice = sliceIn(file)) slices.push_back(std::move(*slice));
  }
  if (slices.empty()) throw Error("There is no DICOM slice in the folder " + folder.string() + '.');
  requireOneSeries(slices, folder);
  for (const Slice& slice : slices) requireAlike(slices.front(), slice);
  std::sort(slices.begin(), slices.end(),
            [](const Slice& a, const Slice& b) { return a.along < b.along; });
  const Slice& first = slices.front();
  DicomSeries series;
  series.description = first.description;
  series.grid.size = {first.columns, first.rows, static_cast<std::int64_t>(slices.size())};
  series.grid.spacing = {first.columnMm, first.rowMm, gapOf(slices)};
  series.grid.origin = first.position;
  series.grid.direction = {first.row, first.column, cross(first.row, first.column)};
  for (Slice& slice : slices) series.files.push_back(std::move(slice.file));
  return series;
}

}  // namespace modascope
