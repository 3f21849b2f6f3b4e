#include "core/dicom/seg_reading.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmfg/fgseg.h>
#include <dcmtk/dcmiod/cielabutil.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/dicom/dcmtk_use.h"
#include "core/dicom/frame_bits.h"
#include "core/dicom/frame_stack.h"
#include "core/files/memory_need.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& what) {
  throw Error(inQuotes(file) + " " + what);
}

void requireSegmentation(const fs::path& file, DcmDataset& dataset) {
  const std::string sopClass = textIn(dataset, DCM_SOPClassUID);
  if (sopClass != UID_SegmentationStorage) {
    const char* name = dcmFindNameOfUID(sopClass.c_str());
    refuse(file, "is no DICOM segmentation, but " +
                     (name != nullptr ? std::string(name) : "another object") + ".");
  }
  const std::string type = textIn(dataset, DCM_SegmentationType);
  if (type != "BINARY")
    refuse(file, "is a segmentation of the type " + inQuotes(validText(type)) +
                     "; only BINARY ones are read.");
}

std::unique_ptr<DcmSegmentation> segmentationIn(const fs::path& file, DcmDataset& dataset) {
  requireSegmentation(file, dataset);
  DcmSegmentation* read = nullptr;
  const OFCondition condition = DcmSegmentation::loadDataset(dataset, read);
  std::unique_ptr<DcmSegmentation> owned(read);
  if (condition.bad() || !owned)
    refuse(file, "is a damaged DICOM segmentation (" + validText(condition.text()) + ").");
  return owned;
}

DicomCode codeOf(CodeSequenceMacro& macro) {
  OFString value, scheme, meaning;
  macro.getCodeValue(value);
  macro.getCodingSchemeDesignator(scheme);
  macro.getCodeMeaning(meaning);
  return {value, scheme, validText(meaning)};
}

std::uint8_t channel(double part) {
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(part, 0.0, 1.0)));
}

Colour colourOf(DcmSegment& segment) {
  Uint16 l = 0, a = 0, b = 0;
  if (segment.getRecommendedDisplayCIELabValue(l, a, b).bad()) return {};
  double red = 0, green = 0, blue = 0;
  IODCIELabUtil::dicomLab2RGB(red, green, blue, l, a, b);
  return {channel(red), channel(green), channel(blue)};
}

DicomSegment factsOf(DcmSegment& segment) {
  OFString name;
  segment.getSegmentLabel(name);
  return {validText(name), codeOf(segment.getSegmentedPropertyCategoryCode()),
          codeOf(segment.getSegmentedPropertyTypeCode()), colourOf(segment)};
}

std::vector<DicomSegment> segmentsIn(const fs::path& file, DcmSegmentation& seg) {
  std::vector<DicomSegment> segments;
  const std::size_t count = seg.getNumberOfSegments();
  if (count == 0 || count > 255)
    refuse(file, "has " + std::to_string(count) + " segments; from 1 to 255 are read.");
  for (std::size_t i = 1; i <= count; ++i) {
    DcmSegment* segment = seg.getSegment(i);
    if (segment == nullptr) refuse(file, "does not number its segments from 1.");
    segments.push_back(factsOf(*segment));
  }
  return segments;
}

template <typename Group>
Group* groupOf(DcmSegmentation& seg, std::size_t frame, DcmFGTypes::E_FGType type) {
  return dynamic_cast<Group*>(seg.getFunctionalGroups().get(static_cast<Uint32>(frame), type));
}

/// Where a frame lies and which segment it is of.
SegFrame frameAt(const fs::path& file, DcmSegmentation& seg, std::size_t number) {
  auto* position = groupOf<FGPlanePosPatient>(seg, number, DcmFGTypes::EFG_PLANEPOSPATIENT);
  auto* orientation =
      groupOf<FGPlaneOrientationPatient>(seg, number, DcmFGTypes::EFG_PLANEORIENTPATIENT);
  auto* measures = groupOf<FGPixelMeasures>(seg, number, DcmFGTypes::EFG_PIXELMEASURES);
  auto* segment = groupOf<FGSegmentation>(seg, number, DcmFGTypes::EFG_SEGMENTATION);
  if (position == nullptr || orientation == nullptr || measures == nullptr || segment == nullptr)
    refuse(file,
           "does not say where its frames lie, how large their pixels are, or which segment "
           "they show.");
  SegFrame frame;
  auto& [row, column] = frame.along;
  bool good =
      position->getImagePositionPatient(frame.origin[0], frame.origin[1], frame.origin[2]).good() &&
      orientation
          ->getImageOrientationPatient(row[0], row[1], row[2], column[0], column[1], column[2])
          .good() &&
      measures->getPixelSpacing(frame.rowSpacing, 0).good() &&
      measures->getPixelSpacing(frame.columnSpacing, 1).good();
  Uint16 place = 0;
  good = good && segment->getReferencedSegmentNumber(place).good();
  if (!good) refuse(file, "has a frame without a position, an orientation or a spacing.");
  measures->getSliceThickness(frame.sliceSpacing);
  measures->getSpacingBetweenSlices(frame.sliceSpacing);
  frame.segment = place;
  return frame;
}

FrameBits bitsOf(const fs::path& file, DcmDataset& dataset, std::size_t pixels) {
  const Uint8* bytes = nullptr;
  unsigned long length = 0;
  const OFCondition found = dataset.findAndGetUint8Array(DCM_PixelData, bytes, &length);
  if (found.bad() || bytes == nullptr || length < (pixels + 7) / 8)
    refuse(file, "lacks pixels of its frames.");
  return {bytes, length};
}

/// Throws where a voxel is of two segments.
void layFrames(const fs::path& file, const FrameBits& bits, const std::vector<SegFrame>& frames,
               LabelVolume& labels) {
  const auto area = static_cast<std::size_t>(labels.grid.size[0] * labels.grid.size[1]);
  std::int64_t taken = 0;
  for (std::size_t number = 0; number < frames.size(); ++number) {
    const auto segment = static_cast<std::uint8_t>(frames[number].segment);
    auto* plane = labels.voxels.data() + labels.grid.offset(0, 0, frames[number].slice);
    for (std::size_t i = 0; i < area; ++i) {
      if (!bits.at(number * area + i)) continue;
      if (plane[i] != 0 && plane[i] != segment) ++taken;
      plane[i] = segment;
    }
  }
  if (taken > 0)
    refuse(file, "has segments that overlap in " + std::to_string(taken) +
                     " voxels; a voxel has one label here.");
}

std::vector<SegFrame> framesIn(const fs::path& file, DcmSegmentation& seg, std::size_t segments) {
  std::vector<SegFrame> frames;
  for (std::size_t i = 0; i < seg.getNumberOfFrames(); ++i) {
    frames.push_back(frameAt(file, seg, i));
    if (frames.back().segment < 1 || frames.back().segment > segments)
      refuse(file, "has a frame of a segment that it does not describe.");
  }
  if (frames.empty()) refuse(file, "has no frame.");
  return frames;
}

LabelVolume labelsIn(const fs::path& file, DcmDataset& dataset, std::vector<SegFrame>& frames) {
  Uint16 rows = 0, columns = 0;
  dataset.findAndGetUint16(DCM_Rows, rows);
  dataset.findAndGetUint16(DCM_Columns, columns);
  LabelVolume labels;
  labels.grid = stackFrames(file, frames, columns, rows);
  const auto voxels = static_cast<std::size_t>(labels.grid.voxelCount());
  requireMemory(file, voxels);
  labels.voxels.resize(voxels);
  const auto area = static_cast<std::size_t>(rows) * columns;
  layFrames(file, bitsOf(file, dataset, area * frames.size()), frames, labels);
  return labels;
}

}  // namespace

DicomSeg readDicomSeg(const fs::path& file) {
  if (!beginsAsDicom(file)) refuse(file, "is no DICOM file.");
  DcmFileFormat format;
  loadDicom(file, format);
  DcmDataset& dataset = *format.getDataset();
  const auto seg = segmentationIn(file, dataset);
  DicomSeg read;
  read.segments = segmentsIn(file, *seg);
  std::vector<SegFrame> frames = framesIn(file, *seg, read.segments.size());
  read.labels = labelsIn(file, dataset, frames);
  read.description = validText(textIn(dataset, DCM_SeriesDescription));
  OFString algorithm;
  seg->getSegment(1)->getSegmentAlgorithmName(algorithm);
  read.algorithm = validText(algorithm);
  return read;
}

}  // namespace modascope
