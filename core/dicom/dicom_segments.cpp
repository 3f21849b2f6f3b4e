#include "core/dicom/dicom_segments.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/name_text.h"
#include "core/problem/brats.h"
#include "core/problem/regions/label_colours.h"

namespace modascope {
namespace {

DicomCode abnormal() {
  return {"49755003", "SCT", "Morphologically Abnormal Structure"};
}

DicomCode tissue() {
  return {"85756007", "SCT", "Tissue"};
}

DicomCode bratsType(std::uint8_t label) {
  switch (static_cast<Tissue>(label)) {
    case Tissue::Necrosis:
      return {"6574001", "SCT", "Necrosis"};
    case Tissue::Oedema:
      return {"79654002", "SCT", "Edema"};
    default:
      return {"C113842", "NCIt", "Enhancing Lesion"};
  }
}

bool namesALesion(const std::string& name) {
  const std::string lower = lowerCase(name);
  constexpr std::array<std::string_view, 3> kWords{"lesion", "tumour", "tumor"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool isLesion(const RegionSchema& regions, std::uint8_t label) {
  return namesALesion(*regions.nameOf(label)) ||
         std::any_of(regions.begin(), regions.end(), [&](const Region& region) {
           return region.holds(label) && namesALesion(region.name);
         });
}

}  // namespace

DicomSegment segmentOf(const RegionSchema& regions, std::uint8_t label) {
  DicomSegment segment{dicomText(*regions.nameOf(label)), tissue(), tissue(),
                       colourOf(regions, label)};
  if (regions.isSameAs(bratsRegions())) {
    segment.category = abnormal();
    segment.type = bratsType(label);
  } else if (isLesion(regions, label)) {
    segment.category = abnormal();
    segment.type = {"52988006", "SCT", "Lesion"};
  }
  return segment;
}

std::string dicomText(const std::string& text) {
  constexpr std::size_t kLongest = 64;
  std::string plain;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0u) == 0x80u) continue;  // goes on with a character
    plain += c >= 0x20 && c < 0x7f && c != '\\' ? c : '_';
  }
  plain.resize(std::min(plain.size(), kLongest));
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

std::string algorithmName(const std::filesystem::path& run, const std::string& network,
                          std::int64_t step) {
  const auto folder = run.has_filename() ? run.filename() : run.parent_path().filename();
  return textOf(folder) + ", " + network + ", step " + std::to_string(step);
}

std::uint8_t labelCalled(const std::string& name, const RegionSchema& regions) {
  std::vector<std::uint8_t> called;
  for (const Label& label : regions.labels())
    if (dicomText(label.name) == name) called.push_back(label.value);
  if (called.size() == 1) return called.front();
  throw Error("The segment " + inQuotes(name) +
              (called.empty() ? " is none of the labels here." : " could be several labels."));
}

std::vector<std::uint8_t> labelsIn(const LabelVolume& labels, const RegionSchema& regions) {
  std::array<bool, 256> isThere{};
  for (const std::uint8_t voxel : labels.voxels) isThere[voxel] = true;
  std::vector<std::uint8_t> values;
  for (int value = 1; value < 256; ++value) {
    if (!isThere[static_cast<std::size_t>(value)]) continue;
    const auto label = static_cast<std::uint8_t>(value);
    if (!regions.nameOf(label))
      throw Error("The segmentation has the label " + std::to_string(value) +
                  ", which its regions do not list.");
    values.push_back(label);
  }
  if (values.empty())
    throw Error("The segmentation is empty, and a DICOM segmentation has at least one segment.");
  return values;
}

}  // namespace modascope
