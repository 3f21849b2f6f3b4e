#include "core/volume/volume_io.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/base/error.h"
#include "core/volume/label_profile.h"
#include "core/volume/nifti_header.h"
#include "core/volume/voxel_file.h"

namespace modascope {
namespace {

/// Voxels as the file has them, NaN and all.
struct RawImage {
  VoxelGrid grid;
  std::vector<float> voxels;
  std::uint64_t notFinite = 0;  ///< as in the file; the voxels themselves may have been cleared
  std::vector<std::string> notes;
  NiftiSpace space;
};

RawImage readChecked(const std::filesystem::path& file, const NiftiHeader& header, int component) {
  const NiftiBody body = checkNiftiBody(file, header, component);
  RawImage image{header.grid, {}, body.notFinite, header.notes, header.space};
  image.notes.insert(image.notes.end(), body.notes.begin(), body.notes.end());
  image.voxels = readVoxels(file, header, component);
  return image;
}

NiftiHeader readHeaderOf3d(const std::filesystem::path& file) {
  requireImaging();
  NiftiHeader header = readNiftiHeader(file);
  if (header.components != 1) {
    throw Error(file.string() + " holds " + std::to_string(header.components) +
                " images in one (4D); expected one 3D image.");
  }
  return header;
}

/// Sets voxels that are not finite to 0 and says how many; an image of nothing else is refused.
void clearNotFinite(const std::filesystem::path& file, RawImage& image) {
  bool allZero = true;
  for (float& value : image.voxels) {
    if (!std::isfinite(value)) value = 0;
    if (value != 0) allZero = false;
  }
  if (image.notFinite == image.voxels.size()) {
    throw Error(file.string() + " holds no number: every voxel is NaN or infinite.");
  }
  const std::string name = file.filename().string();
  if (image.notFinite > 0) {
    image.notes.push_back(name + ": " + std::to_string(image.notFinite) +
                          " voxels are NaN or infinite and were set to 0.");
  }
  if (allZero) image.notes.push_back(name + ": every voxel is 0.");
}

ReadResult<float> asVolume(const std::filesystem::path& file, RawImage image) {
  clearNotFinite(file, image);
  return {{image.grid, std::move(image.voxels)}, std::move(image.notes), image.space};
}

bool isLabelValue(float value) {
  return std::abs(value) < 1e6f && value == std::floor(value);
}

/// Throws when a voxel is no whole number.
LabelCounts countLabels(const std::filesystem::path& file, const RawImage& image) {
  const std::vector<float>& voxels = image.voxels;
  if (image.notFinite > 0) {
    throw Error(file.string() + " is no segmentation: " + std::to_string(image.notFinite) +
                " voxels are NaN or infinite.");
  }
  const auto isNone = [](float value) { return !isLabelValue(value); };
  if (const auto first = std::find_if(voxels.begin(), voxels.end(), isNone);
      first != voxels.end()) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.9g", static_cast<double>(*first));
    throw Error(file.string() + " is no segmentation: " +
                std::to_string(std::count_if(voxels.begin(), voxels.end(), isNone)) +
                " voxels are no whole numbers, such as " + digits.data() + ".");
  }
  constexpr std::size_t kSmall = 256;
  std::array<std::int64_t, kSmall> small{};
  LabelCounts counts;
  for (const float value : voxels) {
    if (value >= 0 && value < static_cast<float>(kSmall)) {
      ++small[static_cast<std::size_t>(value)];
    } else {
      ++counts[static_cast<std::int64_t>(value)];
    }
  }
  for (std::size_t value = 0; value < kSmall; ++value) {
    if (small[value] > 0) counts[static_cast<std::int64_t>(value)] = small[value];
  }
  return counts;
}

/// How a file's values become the program's.
struct Numbering {
  std::string name;
  std::map<std::int64_t, std::uint8_t> ours;  ///< of each value that is known
};

Numbering numberingOf(LabelProfile profile) {
  Numbering numbering{std::string(labelOf(profile)), {}};
  for (std::int64_t value = 0; value <= 4; ++value)
    if (const auto tissue = tissueOf(profile, value)) numbering.ours[value] = *tissue;
  return numbering;
}

Numbering numberingOf(const RegionSchema& regions) {
  Numbering numbering{std::string(labelOf(LabelProfile::Stated)), {{0, 0}}};
  for (const Label& label : regions.labels()) numbering.ours[label.value] = label.value;
  return numbering;
}

std::string valuesOf(const Numbering& numbering) {
  std::string list;
  for (const auto& [value, ours] : numbering.ours)
    list += (list.empty() ? "" : ", ") + std::to_string(value);
  return list;
}

void requireKnown(const std::filesystem::path& file, const Numbering& numbering,
                  const LabelCounts& counts) {
  std::string unknown;
  std::size_t kinds = 0;
  for (const auto& [value, count] : counts) {
    if (numbering.ours.contains(value)) continue;
    if (++kinds <= 5) {
      unknown += (unknown.empty() ? "" : ", ") + std::to_string(value) + " (" +
                 std::to_string(count) + " voxels)";
    }
  }
  if (kinds == 0) return;
  if (kinds > 5) unknown += " and " + std::to_string(kinds - 5) + " more";
  throw Error(file.string() + " holds unknown labels: " + unknown + "; " + numbering.name +
              " knows " + valuesOf(numbering) + ".");
}

LabelVolume renumbered(const Numbering& numbering, RawImage image) {
  std::array<std::uint8_t, 256> table{};
  for (const auto& [value, ours] : numbering.ours) table[static_cast<std::size_t>(value)] = ours;
  LabelVolume labels{image.grid, std::vector<std::uint8_t>(image.voxels.size())};
  std::transform(image.voxels.begin(), image.voxels.end(), labels.voxels.begin(),
                 [&](float value) { return table[static_cast<std::size_t>(value)]; });
  return labels;
}

ReadResult<std::uint8_t> readLabelsBy(const Numbering& numbering,
                                      const std::filesystem::path& file) {
  RawImage image = readChecked(file, readHeaderOf3d(file), 0);
  requireKnown(file, numbering, countLabels(file, image));
  std::vector<std::string> notes = std::move(image.notes);
  const NiftiSpace space = image.space;
  return {renumbered(numbering, std::move(image)), std::move(notes), space};
}

}  // namespace

ImageHeader readHeader(const std::filesystem::path& file) {
  requireImaging();
  NiftiHeader header = readNiftiHeader(file);
  return {header.grid, header.components, std::move(header.notes)};
}

ReadResult<float> readVolume(const std::filesystem::path& file) {
  return asVolume(file, readChecked(file, readHeaderOf3d(file), 0));
}

ReadResult<float> readComponent(const std::filesystem::path& file, int component) {
  requireImaging();
  const NiftiHeader header = readNiftiHeader(file);
  if (component < 0 || component >= header.components) {
    throw Error(file.string() + " holds " + std::to_string(header.components) + " images; number " +
                std::to_string(component + 1) + " was asked for.");
  }
  return asVolume(file, readChecked(file, header, component));
}

ReadResult<std::uint8_t> readLabels(const std::filesystem::path& file, LabelProfile profile) {
  return readLabelsBy(numberingOf(profile), file);
}

ReadResult<std::uint8_t> readLabels(const std::filesystem::path& file,
                                    const RegionSchema& regions) {
  return readLabelsBy(numberingOf(regions), file);
}

SegmentationFile readSegmentation(const std::filesystem::path& file,
                                  std::optional<LabelProfile> byName) {
  RawImage image = readChecked(file, readHeaderOf3d(file), 0);
  const LabelCounts counts = countLabels(file, image);
  const ProfileChoice choice = settleProfile(byName, counts);
  requireKnown(file, numberingOf(choice.profile), counts);
  SegmentationFile result;
  result.profile = choice.profile;
  if (!choice.reason.empty()) result.profileNote = file.filename().string() + ": " + choice.reason;
  result.notes = std::move(image.notes);
  result.volume = renumbered(numberingOf(choice.profile), std::move(image));
  return result;
}

}  // namespace modascope
