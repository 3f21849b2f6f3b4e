#include "tests/core/dicom/made_up_series.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>

namespace modascope {
namespace {

namespace fs = std::filesystem;

std::string inDicom(std::initializer_list<double> numbers) {
  std::ostringstream text;
  text.precision(12);
  for (const double number : numbers) text << (text.tellp() > 0 ? "\\" : "") << number;
  return text.str();
}

void require(const OFCondition& condition) {
  if (condition.bad()) throw std::runtime_error(condition.text());
}

void setText(DcmItem& item, const DcmTagKey& tag, const std::string& text) {
  require(item.putAndInsertString(tag, text.c_str()));
}

void setIdentity(DcmItem& item, const MadeUpSeries& series, std::int64_t z) {
  setText(item, DCM_SpecificCharacterSet, "ISO_IR 100");
  setText(item, DCM_SOPClassUID, series.sopClass);
  setText(item, DCM_SOPInstanceUID, series.uid + ".1." + std::to_string(z + 1));
  setText(item, DCM_PatientName, series.patient);
  setText(item, DCM_PatientID, "made-up-1");
  setText(item, DCM_PatientBirthDate, "19700101");
  setText(item, DCM_PatientSex, "O");
  setText(item, DCM_StudyInstanceUID, "1.2.826.0.1.3680043.8.498.1");
  setText(item, DCM_StudyDate, "20240102");
  setText(item, DCM_StudyTime, "101112");
  setText(item, DCM_StudyID, "1");
  setText(item, DCM_AccessionNumber, "77");
  setText(item, DCM_ReferringPhysicianName, "");
  setText(item, DCM_SeriesInstanceUID, series.uid);
  setText(item, DCM_SeriesNumber, "3");
  setText(item, DCM_SeriesDescription, series.description);
  setText(item, DCM_Modality, "MR");
  setText(item, DCM_FrameOfReferenceUID, "1.2.826.0.1.3680043.8.498.9");
  setText(item, DCM_PositionReferenceIndicator, "");
  setText(item, DCM_InstanceNumber, std::to_string(z + 1));
}

void setPlace(DcmItem& item, const VoxelGrid& grid, std::int64_t z) {
  const Vec3 at = grid.toWorld({0, 0, static_cast<double>(z)});
  const auto& [row, column, normal] = grid.direction;
  setText(item, DCM_ImagePositionPatient, inDicom({at[0], at[1], at[2]}));
  setText(item, DCM_ImageOrientationPatient,
          inDicom({row[0], row[1], row[2], column[0], column[1], column[2]}));
  setText(item, DCM_PixelSpacing, inDicom({grid.spacing[1], grid.spacing[0]}));
  setText(item, DCM_SliceThickness, inDicom({grid.spacing[2]}));
}

void setPixels(DcmItem& item, const VoxelGrid& grid) {
  require(item.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(grid.size[1])));
  require(item.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(grid.size[0])));
  require(item.putAndInsertUint16(DCM_SamplesPerPixel, 1));
  setText(item, DCM_PhotometricInterpretation, "MONOCHROME2");
  for (const auto& tag : {DCM_BitsAllocated, DCM_BitsStored})
    require(item.putAndInsertUint16(tag, 16));
  require(item.putAndInsertUint16(DCM_HighBit, 15));
  require(item.putAndInsertUint16(DCM_PixelRepresentation, 0));
  const std::vector<Uint16> pixels(static_cast<std::size_t>(grid.size[0] * grid.size[1]), 100);
  require(item.putAndInsertUint16Array(DCM_PixelData, pixels.data(),
                                       static_cast<unsigned long>(pixels.size())));
}

DcmTagKey tagOf(const std::string& name) {
  DcmTag tag;
  require(DcmTag::findTagFromName(name.c_str(), tag));
  return tag;
}

}  // namespace

VoxelGrid obliqueGrid() {
  const double c = std::cos(0.3), s = std::sin(0.3), k = std::cos(0.5), q = std::sin(0.5);
  VoxelGrid grid;
  grid.size = {7, 5, 6};
  grid.spacing = {0.9, 1.1, 2.5};
  grid.origin = {-12.5, 33.25, 7.125};
  grid.direction = {Vec3{c, s, 0}, Vec3{-s * k, c * k, q}, Vec3{s * q, -c * q, k}};
  return grid;
}

fs::path sliceFile(const fs::path& folder, std::int64_t z) {
  return folder / ("IM" + std::to_string((z * 7 + 3) % 1000) + (z % 2 == 0 ? "" : ".dcm"));
}

void writeSeries(const fs::path& folder, const MadeUpSeries& series) {
  fs::create_directories(folder);
  for (std::int64_t z = 0; z < series.grid.size[2]; ++z) {
    if (std::count(series.missing.begin(), series.missing.end(), z) > 0) continue;
    DcmFileFormat format;
    DcmItem& item = *format.getDataset();
    setIdentity(item, series, z);
    setPlace(item, series.grid, z);
    setPixels(item, series.grid);
    require(format.saveFile(sliceFile(folder, z).c_str(), EXS_LittleEndianExplicit));
  }
}

void changeDicom(const fs::path& file, const std::string& name, const std::string& value) {
  DcmFileFormat format;
  require(format.loadFile(file.c_str()));
  require(format.loadAllDataIntoMemory());
  DcmItem& item = *format.getDataset();
  const DcmTagKey tag = tagOf(name);
  if (value.empty())
    delete item.remove(tag);
  else
    setText(item, tag, value);
  require(format.saveFile(file.c_str(), EXS_LittleEndianExplicit));
}

std::string dicomValue(const fs::path& file, const std::string& name) {
  DcmFileFormat format;
  require(format.loadFile(file.c_str()));
  OFString text;
  require(format.getDataset()->findAndGetOFStringArray(tagOf(name), text));
  return text.c_str();
}

void compressDicom(const fs::path& file) {
  DcmRLEEncoderRegistration::registerCodecs();
  DcmFileFormat format;
  require(format.loadFile(file.c_str()));
  require(format.getDataset()->chooseRepresentation(EXS_RLELossless, nullptr));
  require(format.saveFile(file.c_str(), EXS_RLELossless));
  DcmRLEEncoderRegistration::cleanup();
}

void writeBytes(const fs::path& file, std::string_view bytes) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream.flush()) throw std::runtime_error("nothing could be written to " + file.string());
}

void cutOff(const fs::path& file, double share) {
  const auto size = static_cast<double>(fs::file_size(file));
  fs::resize_file(file, static_cast<std::uintmax_t>(size * share));
}

}  // namespace modascope
