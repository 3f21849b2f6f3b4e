#include <array>
#include <cmath>
#include <memory>
#include <set>
#include <sstream>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmfg/fgderimg.h>
#include <dcmtk/dcmfg/fgfracon.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmiod/cielabutil.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>

#include "core/base/error.h"
#include "core/dicom/dicom_seg.h"
#include "core/dicom/quiet_toolkit.h"
#include "core/files/atomic_file.h"

namespace modascope {
namespace {

struct Code {
  const char* value;
  const char* meaning;
};
constexpr Code kStructure{"49755003", "Morphologically Abnormal Structure"};
constexpr Code kLesion{"52988006", "Lesion"};
constexpr Code kDerivation{"113076", "Segmentation"};
constexpr Code kPurpose{"121322", "Source image for image processing operation"};

/// SNOMED CT has words of its own for what BraTS's labels mean.
Code typeOf(const Label& label) {
  if (label.name == "NCR") return {"6574001", "Necrosis"};
  if (label.name == "ED") return {"79654002", "Edema"};
  if (label.name == "ET") return {"86049000", "Neoplasm, Primary"};
  return kLesion;
}

CodeSequenceMacro snomed(const Code& code) {
  return {code.value, "SCT", code.meaning};
}

CodeSequenceMacro dicomCode(const Code& code) {
  return {code.value, "DCM", code.meaning};
}

void require(const OFCondition& outcome, const char* what) {
  if (outcome.bad())
    throw Error(std::string("The DICOM segmentation could not be made (") + what +
                    "): " + outcome.text() + '.',
                Fault::System);
}

/// As DICOM keeps numbers: at most 16 characters.
OFString decimal(double value) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text.precision(10);
  text << value;
  return text.str().substr(0, 16).c_str();
}

std::set<std::uint8_t> occurring(const LabelVolume& labels) {
  std::set<std::uint8_t> values(labels.voxels.begin(), labels.voxels.end());
  values.erase(0);
  return values;
}

/// Of the innermost region that has the label.
Colour colourOf(const Label& label, const RegionSchema& regions) {
  Colour colour;
  for (const Region& region : regions)
    if (region.holds(label.value)) colour = region.colour;
  return colour;
}

class SegWriting {
 public:
  SegWriting(const LabelVolume& labels, const RegionSchema& regions, const DicomSeries& series,
             const SegmentationOrigin& origin)
      : labels_(labels), regions_(regions), series_(series), origin_(origin) {}

  std::string bytes() {
    makeDocument();
    addShared();
    const auto values = occurring(labels_);
    for (const Label& label : regions_.labels())
      if (values.contains(label.value)) addSegment(label);
    return written();
  }

 private:
  void makeDocument() {
    const IODGeneralEquipmentModule::EquipmentInfo equipment("Modascope", "Modascope", "1",
                                                             origin_.version.c_str());
    const ContentIdentificationMacro content("1", "SEGMENTATION",
                                             "Research use only, not for diagnosis", "Modascope");
    DcmSegmentation* made = nullptr;
    require(DcmSegmentation::createBinarySegmentation(
                made, static_cast<Uint16>(series_.grid.size[1]),
                static_cast<Uint16>(series_.grid.size[0]), equipment, content),
            "beginning");
    document_.reset(made);
    require(document_->importFromSourceImage(series_.files.front().c_str()), "patient and study");
    document_->getSeries().setSeriesDescription("Segmentation for research only");
    document_->getSeries().setSeriesNumber("300");
    char uid[100];
    const OFString organization = dcmGenerateUniqueIdentifier(uid, SITE_INSTANCE_UID_ROOT);
    IODMultiframeDimensionModule& dimensions = document_->getDimensions();
    require(dimensions.addDimensionIndex(DCM_ReferencedSegmentNumber, organization,
                                         DCM_SegmentIdentificationSequence, "Segment"),
            "dimensions");
    require(dimensions.addDimensionIndex(DCM_ImagePositionPatient, organization,
                                         DCM_PlanePositionSequence, "Position"),
            "dimensions");
  }

  void addShared() {
    const VoxelGrid& grid = series_.grid;
    FGPixelMeasures measures;
    const OFString spacing = decimal(grid.spacing[1]) + "\\" + decimal(grid.spacing[0]);
    measures.setPixelSpacing(spacing);
    measures.setSliceThickness(decimal(grid.spacing[2]));
    measures.setSpacingBetweenSlices(decimal(grid.spacing[2]));
    require(document_->addForAllFrames(measures), "spacing");
    const Vec3 &row = grid.direction[0], &column = grid.direction[1];
    const std::unique_ptr<FGPlaneOrientationPatient> axes(FGPlaneOrientationPatient::createMinimal(
        decimal(row[0]), decimal(row[1]), decimal(row[2]), decimal(column[0]), decimal(column[1]),
        decimal(column[2])));
    if (!axes) throw Error("The series has directions that DICOM cannot keep.");
    require(document_->addForAllFrames(*axes), "directions");
  }

  void addSegment(const Label& label) {
    DcmSegment* segment = nullptr;
    require(
        DcmSegment::create(segment, label.name.c_str(), snomed(kStructure), snomed(typeOf(label)),
                           DcmSegTypes::SAT_AUTOMATIC, origin_.algorithm.substr(0, 64).c_str()),
        "segment");
    const Colour colour = colourOf(label, regions_);
    double l = 0, a = 0, b = 0;
    IODCIELabUtil::rgb2DicomLab(l, a, b, colour.red / 255.0, colour.green / 255.0,
                                colour.blue / 255.0);
    segment->setRecommendedDisplayCIELabValue(static_cast<Uint16>(std::lround(l)),
                                              static_cast<Uint16>(std::lround(a)),
                                              static_cast<Uint16>(std::lround(b)));
    Uint16 number = 0;
    require(document_->addSegment(segment, number), "segment");
    for (std::int64_t slice = 0; slice < series_.grid.size[2]; ++slice)
      addFrame(label.value, number, slice);
  }

  /// Where the label occurs in the slice.
  void addFrame(std::uint8_t value, Uint16 number, std::int64_t slice) {
    const std::int64_t count = series_.grid.size[0] * series_.grid.size[1];
    const auto* from = labels_.voxels.data() + slice * count;
    std::vector<Uint8> pixels(static_cast<std::size_t>(count));
    bool any = false;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = from[i] == value ? 1 : 0;
      any = any || pixels[i] != 0;
    }
    if (!any) return;
    const Vec3 place = series_.grid.toWorld({0, 0, static_cast<double>(slice)});
    const std::unique_ptr<FGPlanePosPatient> position(
        FGPlanePosPatient::createMinimal(decimal(place[0]), decimal(place[1]), decimal(place[2])));
    FGFrameContent content;
    content.setDimensionIndexValues(number, 0);
    content.setDimensionIndexValues(static_cast<Uint32>(slice + 1), 1);
    FGDerivationImage derivation;
    addSource(derivation, series_.files[static_cast<std::size_t>(slice)]);
    OFVector<FGBase*> groups;
    groups.push_back(position.get());
    groups.push_back(&content);
    groups.push_back(&derivation);
    require(document_->addFrame(pixels.data(), number, groups), "frame");
  }

  static void addSource(FGDerivationImage& derivation, const std::filesystem::path& file) {
    DerivationImageItem* item = nullptr;
    require(derivation.addDerivationImageItem(dicomCode(kDerivation), "", item), "reference");
    SourceImageItem* source = nullptr;
    require(item->addSourceImageItem(file.c_str(), dicomCode(kPurpose), source), "reference");
  }

  /// In memory first: a file is written whole or not at all.
  std::string written() {
    DcmFileFormat format;
    require(document_->writeDataset(*format.getDataset()), "contents");
    OFString uid;
    format.getDataset()->findAndGetOFString(DCM_SOPInstanceUID, uid);
    std::vector<char> room(format.calcElementLength(EXS_LittleEndianExplicit, EET_ExplicitLength) +
                           100'000);
    DcmOutputBufferStream stream(room.data(), static_cast<offile_off_t>(room.size()));
    require(format.validateMetaInfo(EXS_LittleEndianExplicit), "header");
    format.transferInit();
    const OFCondition outcome =
        format.write(stream, EXS_LittleEndianExplicit, EET_ExplicitLength, nullptr);
    format.transferEnd();
    require(outcome, "writing");
    void* buffer = nullptr;
    offile_off_t size = 0;
    stream.flushBuffer(buffer, size);
    return {static_cast<const char*>(buffer), static_cast<std::size_t>(size)};
  }

  const LabelVolume& labels_;
  const RegionSchema& regions_;
  const DicomSeries& series_;
  const SegmentationOrigin& origin_;
  std::unique_ptr<DcmSegmentation> document_;
};

}  // namespace

void writeDicomSeg(const std::filesystem::path& file, const LabelVolume& labels,
                   const RegionSchema& regions, const DicomSeries& series,
                   const SegmentationOrigin& origin) {
  quietToolkit();
  if (!labels.grid.matches(series.grid))
    throw Error("The segmentation does not lie on the grid of the DICOM series.");
  if (occurring(labels).empty())
    throw Error("Nothing is marked, and a DICOM segmentation without a segment cannot be.");
  writeAtomically(file, SegWriting(labels, regions, series, origin).bytes());
}

}  // namespace modascope
