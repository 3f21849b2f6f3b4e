#include <cmath>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmfg/fgseg.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>
#include <dcmtk/dcmseg/segutils.h>

#include "core/base/error.h"
#include "core/dicom/dicom_seg.h"
#include "core/dicom/quiet_toolkit.h"
#include "core/files/input_file.h"

namespace modascope {
namespace {

constexpr double kOnSlice = 0.05;  // of the distance between two slices

class SegReading {
 public:
  SegReading(std::filesystem::path file, const RegionSchema& regions, const VoxelGrid& grid)
      : file_(std::move(file)), regions_(regions), grid_(grid) {}

  LabelVolume labels() {
    quietToolkit();
    requireRegularFile(file_);
    DcmSegmentation* loaded = nullptr;
    const OFCondition outcome = DcmSegmentation::loadFile(file_.c_str(), loaded);
    document_.reset(loaded);
    if (outcome.bad() || !document_)
      refuse(std::string("is no sound DICOM segmentation: ") + outcome.text());
    LabelVolume labels{grid_, {}};
    labels.voxels.resize(static_cast<std::size_t>(grid_.voxelCount()));
    for (std::size_t frame = 0; frame < document_->getNumberOfFrames(); ++frame) lay(frame, labels);
    return labels;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("The file " + file_.string() + ' ' + why + '.');
  }

  std::uint8_t valueOf(Uint16 number) const {
    DcmSegment* segment = document_->getSegment(number);
    OFString name;
    if (segment == nullptr || segment->getSegmentLabel(name).bad())
      refuse("has a frame of segment " + std::to_string(number) + ", which is not there");
    for (const Label& label : regions_.labels())
      if (label.name == name.c_str()) return label.value;
    refuse("has a segment " + inQuotes(std::string(name.c_str())) + ", and no label is called so");
  }

  template <typename Group>
  Group& groupOf(std::size_t frame, DcmFGTypes::E_FGType type) const {
    auto* group = dynamic_cast<Group*>(
        document_->getFunctionalGroups().get(static_cast<Uint32>(frame), type));
    if (group == nullptr)
      refuse("does not say where its frame " + std::to_string(frame + 1) + " lies");
    return *group;
  }

  std::int64_t sliceOf(std::size_t frame) const {
    Vec3 place{};
    if (groupOf<FGPlanePosPatient>(frame, DcmFGTypes::EFG_PLANEPOSPATIENT)
            .getImagePositionPatient(place[0], place[1], place[2])
            .bad())
      refuse("does not say where its frame " + std::to_string(frame + 1) + " lies");
    const Vec3 index = grid_.toIndex(place);
    const double slice = std::round(index[2]);
    const bool isOn = std::abs(index[0]) < kOnSlice && std::abs(index[1]) < kOnSlice &&
                      std::abs(index[2] - slice) < kOnSlice && slice >= 0 &&
                      slice < static_cast<double>(grid_.size[2]);
    if (!isOn) refuse("lies elsewhere than the series");
    return static_cast<std::int64_t>(slice);
  }

  void lay(std::size_t frame, LabelVolume& labels) const {
    Uint16 number = 0;
    if (groupOf<FGSegmentation>(frame, DcmFGTypes::EFG_SEGMENTATION)
            .getReferencedSegmentNumber(number)
            .bad())
      refuse("does not say whose its frame " + std::to_string(frame + 1) + " is");
    const std::uint8_t value = valueOf(number);
    const std::unique_ptr<DcmIODTypes::Frame> pixels(DcmSegUtils::unpackBinaryFrame(
        document_->getFrame(frame), static_cast<Uint16>(grid_.size[1]),
        static_cast<Uint16>(grid_.size[0])));
    const auto count = static_cast<std::size_t>(grid_.size[0] * grid_.size[1]);
    if (!pixels || pixels->length < count) refuse("has frames of another size than the series");
    auto* to = labels.voxels.data() + static_cast<std::size_t>(sliceOf(frame)) * count;
    for (std::size_t i = 0; i < count; ++i) {
      if (pixels->pixData[i] == 0) continue;
      if (to[i] != 0) refuse("has segments that lie over each other");
      to[i] = value;
    }
  }

  std::filesystem::path file_;
  const RegionSchema& regions_;
  const VoxelGrid& grid_;
  std::unique_ptr<DcmSegmentation> document_;
};

}  // namespace

LabelVolume readDicomSeg(const std::filesystem::path& file, const RegionSchema& regions,
                         const VoxelGrid& grid) {
  return SegReading(file, regions, grid).labels();
}

}  // namespace modascope
