#include "tests/core/dicom/made_up_series.h"

#include <cmath>
#include <sstream>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace modascope::testing {
namespace {

std::string text(double value) {
  std::ostringstream stream;
  stream.precision(9);
  stream << value;
  return stream.str().substr(0, 16);
}

std::string joinedNumbers(const std::vector<double>& values) {
  std::string all;
  for (const double value : values) all += (all.empty() ? "" : "\\") + text(value);
  return all;
}

void putGeometry(DcmDataset& data, const VoxelGrid& grid, int slice) {
  const Vec3 place = grid.toWorld({0, 0, static_cast<double>(slice)});
  const auto &row = grid.direction[0], &column = grid.direction[1];
  const auto put = [&data](const DcmTagKey& tag, const std::vector<double>& values) {
    data.putAndInsertString(tag, joinedNumbers(values).c_str());
  };
  put(DCM_ImagePositionPatient, {place[0], place[1], place[2]});
  put(DCM_ImageOrientationPatient, {row[0], row[1], row[2], column[0], column[1], column[2]});
  put(DCM_PixelSpacing, {grid.spacing[1], grid.spacing[0]});
}

void putPixels(DcmDataset& data, const VoxelGrid& grid) {
  data.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(grid.size[1]));
  data.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(grid.size[0]));
  for (const auto& [tag, value] : {std::pair{DCM_SamplesPerPixel, 1},
                                   {DCM_BitsAllocated, 16},
                                   {DCM_BitsStored, 16},
                                   {DCM_HighBit, 15},
                                   {DCM_PixelRepresentation, 0}})
    data.putAndInsertUint16(tag, static_cast<Uint16>(value));
  data.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
  const std::vector<Uint16> pixels(static_cast<std::size_t>(grid.size[0] * grid.size[1]), 7);
  data.putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size());
}

}  // namespace

void writeSeries(const std::filesystem::path& folder, const VoxelGrid& grid,
                 const SeriesStyle& style) {
  std::filesystem::create_directories(folder);
  for (int slice = 0; slice < grid.size[2]; ++slice) {
    if (slice == style.without) continue;
    DcmFileFormat format;
    DcmDataset& data = *format.getDataset();
    const std::string uid = style.uid + "." + std::to_string(slice + 1);
    const std::pair<DcmTagKey, std::string> texts[]{{DCM_SOPClassUID, UID_MRImageStorage},
                                                    {DCM_SOPInstanceUID, uid},
                                                    {DCM_StudyInstanceUID, "1.2.3"},
                                                    {DCM_SeriesInstanceUID, style.uid},
                                                    {DCM_FrameOfReferenceUID, "1.2.9"},
                                                    {DCM_SeriesDescription, style.description},
                                                    {DCM_Modality, "MR"},
                                                    {DCM_PatientName, "Test^Patient"},
                                                    {DCM_PatientID, "P7"},
                                                    {DCM_StudyDate, "20200102"},
                                                    {DCM_StudyTime, "030405"},
                                                    {DCM_StudyID, "S1"},
                                                    {DCM_InstanceNumber, "1"}};
    for (const auto& [tag, value] : texts) data.putAndInsertString(tag, value.c_str());
    putGeometry(data, grid, slice);
    putPixels(data, grid);
    const auto name = style.prefix + std::to_string(1000 - 7 * slice);
    format.saveFile((folder / name).c_str(), EXS_LittleEndianExplicit);
  }
}

VoxelGrid obliqueGrid() {
  const double c = std::cos(0.3), s = std::sin(0.3), d = std::cos(0.2), t = std::sin(0.2);
  VoxelGrid grid;
  grid.size = {12, 9, 6};
  grid.spacing = {0.9, 1.1, 2.5};
  grid.origin = {-20.5, 13.25, -40};
  grid.direction = {Vec3{c, s, 0}, Vec3{-s * d, c * d, t}, Vec3{s * t, -c * t, d}};
  return grid;
}

}  // namespace modascope::testing
