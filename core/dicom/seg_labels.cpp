#include "core/dicom/seg_labels.h"

namespace modascope {

LabelVolume labelsBy(const RegionSchema& regions, const DicomSeg& seg) {
  std::vector<std::uint8_t> values{0};
  for (const DicomSegment& segment : seg.segments)
    values.push_back(labelCalled(segment.name, regions));
  LabelVolume labels = seg.labels;
  for (std::uint8_t& voxel : labels.voxels) voxel = values[voxel];
  return labels;
}

}  // namespace modascope
