#include "core/dicom/seg_writing.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmfg/fgderimg.h>
#include <dcmtk/dcmfg/fgfracon.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmiod/cielabutil.h>
#include <dcmtk/dcmiod/iodreferences.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>

#include "core/base/error.h"
#include "core/dicom/dcmtk_use.h"
#include "core/dicom/dicom_segments.h"
#include "core/dicom/dicom_uid.h"
#include "core/dicom/frame_bits.h"
#include "core/files/atomic_file.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCannot = "The DICOM segmentation could not be made";

void require(const OFCondition& condition) {
  requireGood(condition, kCannot);
}

OFString number(double value) {
  return decimalString(value);
}

std::unique_ptr<DcmSegmentation> emptySegmentation(const VoxelGrid& grid) {
  const IODGeneralEquipmentModule::EquipmentInfo equipment("Modascope", "Modascope", "0",
                                                           MODASCOPE_VERSION);
  const ContentIdentificationMacro content("1", "SEGMENTATION", "Research use only", "");
  DcmSegmentation* made = nullptr;
  require(DcmSegmentation::createBinarySegmentation(made, static_cast<Uint16>(grid.size[1]),
                                                    static_cast<Uint16>(grid.size[0]), equipment,
                                                    content));
  return std::unique_ptr<DcmSegmentation>(made);
}

/// Patient, study and frame of reference are those of the series.
void takeIdentity(DcmSegmentation& seg, const DicomSeries& series) {
  const DicomInstance& first = series.slices.front();
  DcmFileFormat format;
  loadDicom(first.file, format);
  DcmDataset& slice = *format.getDataset();
  if (textIn(slice, DCM_SOPInstanceUID) != first.sopInstance)
    throw Error(inQuotes(first.file) + " is another slice than when its series was read.");
  require(seg.importFromSourceImage(slice));
  require(seg.getSeries().setSeriesInstanceUID(newDicomUid()));
  require(seg.getSeries().setSeriesNumber("1000"));
  require(seg.getSeries().setSeriesDescription("Modascope segmentation. Research use only"));
  require(seg.getSOPCommon().setSOPInstanceUID(newDicomUid()));
}

void addReferences(DcmSegmentation& seg, const DicomSeries& series) {
  IODReferences references;
  for (const DicomInstance& slice : series.slices)
    references.add(
        new IODImageReference("", series.study, series.series, slice.sopInstance, slice.sopClass));
  const auto added = seg.getCommonInstanceReference().addReferences(references, series.study);
  if (added != series.slices.size())
    throw Error(std::string(kCannot) + ": its slices could not be named.", Fault::System);
}

void addDimensions(DcmSegmentation& seg) {
  const std::string organization = newDicomUid();
  IODMultiframeDimensionModule& dimensions = seg.getDimensions();
  require(dimensions.addDimensionIndex(DCM_ReferencedSegmentNumber, organization,
                                       DCM_SegmentIdentificationSequence, "Segment"));
  require(dimensions.addDimensionIndex(DCM_ImagePositionPatient, organization,
                                       DCM_PlanePositionSequence, "Slice"));
}

/// What all frames have in common.
void addShared(DcmSegmentation& seg, const VoxelGrid& grid) {
  FGPixelMeasures measures;
  require(measures.setPixelSpacing(number(grid.spacing[1]) + "\\" + number(grid.spacing[0])));
  require(measures.setSliceThickness(number(grid.spacing[2])));
  require(measures.setSpacingBetweenSlices(number(grid.spacing[2])));
  require(seg.addForAllFrames(measures));
  FGPlaneOrientationPatient orientation;
  const auto& [row, column, normal] = grid.direction;
  require(orientation.setImageOrientationPatient(number(row[0]), number(row[1]), number(row[2]),
                                                 number(column[0]), number(column[1]),
                                                 number(column[2])));
  require(seg.addForAllFrames(orientation));
}

CodeSequenceMacro codeOf(const DicomCode& code) {
  return {code.value, code.scheme, code.meaning};
}

Uint16 addSegment(DcmSegmentation& seg, const DicomSegment& facts, const std::string& algorithm) {
  DcmSegment* segment = nullptr;
  require(DcmSegment::create(segment, facts.name, codeOf(facts.category), codeOf(facts.type),
                             DcmSegTypes::SAT_AUTOMATIC, dicomText(algorithm)));
  std::unique_ptr<DcmSegment> owned(segment);
  double l = 0, a = 0, b = 0;
  IODCIELabUtil::rgb2DicomLab(l, a, b, facts.colour.red / 255.0, facts.colour.green / 255.0,
                              facts.colour.blue / 255.0);
  const auto rounded = [](double part) { return static_cast<Uint16>(std::lround(part)); };
  require(segment->setRecommendedDisplayCIELabValue(rounded(l), rounded(a), rounded(b)));
  Uint16 place = 0;
  require(seg.addSegment(owned.release(), place));  // which has it from now on
  return place;
}

/// Which slice of a series a frame shows, and of which segment.
struct FramePlace {
  Uint16 segment;
  std::size_t slice;
};

std::unique_ptr<FGDerivationImage> derivationFrom(const DicomInstance& slice) {
  const ImageSOPInstanceReferenceMacro reference = [&] {
    ImageSOPInstanceReferenceMacro one;
    require(one.setReferencedSOPClassUID(slice.sopClass));
    require(one.setReferencedSOPInstanceUID(slice.sopInstance));
    return one;
  }();
  OFVector<ImageSOPInstanceReferenceMacro> from;
  from.push_back(reference);
  return std::unique_ptr<FGDerivationImage>(DcmSegmentation::createDerivationImageFG(from, ""));
}

/// A segmentation on its way, and the pixels of its frames so far.
struct Draft {
  DcmSegmentation& seg;
  FrameBits bits;
};

void addFrame(Draft& draft, const DicomSeries& series, const FramePlace& place,
              std::vector<Uint8>& pixels) {
  const Vec3 at = series.grid.toWorld({0, 0, static_cast<double>(place.slice)});
  FGFrameContent content;
  require(content.setDimensionIndexValues(place.segment, 0));
  require(content.setDimensionIndexValues(static_cast<Uint32>(place.slice + 1), 1));
  FGPlanePosPatient position;
  require(position.setImagePositionPatient(number(at[0]), number(at[1]), number(at[2])));
  const auto derivation = derivationFrom(series.slices[place.slice]);
  OFVector<FGBase*> groups;
  groups.push_back(&content);
  groups.push_back(&position);
  if (derivation) groups.push_back(derivation.get());
  require(draft.seg.addFrame(pixels.data(), place.segment, groups));
  draft.bits.add(pixels);
}

void addFrames(Draft& draft, const DicomSeries& series, const LabelVolume& labels,
               std::uint8_t label, Uint16 segment) {
  const auto area = static_cast<std::ptrdiff_t>(labels.grid.size[0] * labels.grid.size[1]);
  std::vector<Uint8> pixels(static_cast<std::size_t>(area));
  const std::size_t last = series.slices.size() - 1;
  for (std::size_t slice = 0; slice <= last; ++slice) {
    const auto* plane = labels.voxels.data() + static_cast<std::ptrdiff_t>(slice) * area;
    std::transform(plane, plane + area, pixels.begin(),
                   [&](std::uint8_t voxel) { return voxel == label ? 1 : 0; });
    const bool shows = std::find(pixels.begin(), pixels.end(), 1) != pixels.end();
    const bool isEnd = segment == 1 && (slice == 0 || slice == last);
    if (shows || isEnd) addFrame(draft, series, {segment, slice}, pixels);
  }
}

void write(std::ostream& to, DcmFileFormat& format) {
  std::vector<char> buffer(std::size_t{1} << 20u);
  DcmOutputBufferStream stream(buffer.data(), static_cast<offile_off_t>(buffer.size()));
  format.transferInit();
  OFCondition written = EC_StreamNotifyClient;
  while (written == EC_StreamNotifyClient) {
    written = format.write(stream, EXS_LittleEndianExplicit, EET_UndefinedLength, nullptr);
    void* begin = nullptr;
    offile_off_t length = 0;
    stream.flushBuffer(begin, length);
    to.write(static_cast<const char*>(begin), static_cast<std::streamsize>(length));
  }
  format.transferEnd();
  require(written);
}

}  // namespace

void writeDicomSeg(const fs::path& file, const DicomSeries& series, const LabelVolume& labels,
                   const DicomSegSource& source) {
  if (!labels.grid.matches(series.grid))
    throw Error("Labels of another grid than their series' cannot be written to " + inQuotes(file) +
                ".");
  silenceDcmtk();
  const auto seg = emptySegmentation(series.grid);
  takeIdentity(*seg, series);
  addReferences(*seg, series);
  addDimensions(*seg);
  addShared(*seg, series.grid);
  Draft draft{*seg, {}};
  for (const std::uint8_t label : labelsIn(labels, source.regions)) {
    const auto place = addSegment(*seg, segmentOf(source.regions, label), source.algorithm);
    addFrames(draft, series, labels, label, place);
  }
  DcmFileFormat format;
  require(seg->writeDataset(*format.getDataset()));
  const auto& bytes = draft.bits.bytes();
  require(format.getDataset()->putAndInsertUint8Array(DCM_PixelData, bytes.data(),
                                                      static_cast<unsigned long>(bytes.size())));
  writeAtomically(file, [&](std::ostream& to) { write(to, format); });
}

}  // namespace modascope
