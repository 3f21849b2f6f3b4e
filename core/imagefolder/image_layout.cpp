#include "core/imagefolder/image_layout.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/words.h"
#include "core/files/leftover_files.h"
#include "core/files/paths.h"
#include "core/imagefolder/files_below.h"
#include "core/imagefolder/modality_folders.h"
#include "core/imagefolder/picture.h"
#include "core/problem/split_lists.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

using Words = std::vector<std::string>;

const Words kLabelNames{"label", "labels", "gt", "mask", "masks", "annotation", "annotations"};
const Words kColourNames{"rgb", "color", "colour", "image", "images", "img", "visible"};

bool isOneOf(const std::string& name, const Words& names) {
  return std::find(names.begin(), names.end(), lowerCase(name)) != names.end();
}

/// Sorted.
Words subfolders(const fs::path& folder) {
  Words names;
  requireReadable(folder);
  for (const fs::path& entry : entriesOf(folder)) {
    const std::string name = entry.filename().string();
    if (isFolder(entry) && !isLeftover(entry)) names.push_back(name);
  }
  return names;
}

std::optional<fs::path> firstPicture(const fs::path& folder) {
  const auto pictures = picturesBelow(folder);
  if (pictures.empty()) return std::nullopt;
  return pictures.begin()->second;
}

/// "rgb" → "RGB", "depth" → "Depth", "polL_dolp" as it is.
std::string labelFor(const std::string& folder) {
  std::string label = folder;
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  if (folder.size() <= 3) {
    std::transform(label.begin(), label.end(), label.begin(), upper);
  } else {
    label.front() = upper(label.front());
  }
  return label;
}

ImageModality wholeFolder(const std::string& folder) {
  return {lowerCase(folder), labelFor(folder), {{folder, Channels::All}}};
}

/// MCubeS' own loader cuts these columns off: not all of its cameras see them.
constexpr std::size_t kMcubesLeft = 192;

/// Kyoto's MCubeS. Its other folders hold masks and another labelling.
std::vector<ImageModality> mcubesModalities(const fs::path& folder) {
  std::vector<ImageModality> modalities;
  const auto add = [&](const char* key, const char* label, const Words& folders) {
    ImageModality modality{key, label, {}};
    for (const std::string& name : folders) {
      if (isFolder(folder / name)) modality.parts.push_back({name, Channels::All});
    }
    if (modality.parts.size() == folders.size()) modalities.push_back(std::move(modality));
  };
  add("rgb", "RGB", {"polL_color"});
  add("aolp", "AoLP", {"polL_aolp_sin", "polL_aolp_cos"});
  add("dolp", "DoLP", {"polL_dolp"});
  add("nir", "NIR", {"NIR_warped"});
  return modalities;
}

bool isMcubes(const fs::path& folder) {
  return isFolder(folder / "polL_color") && isFolder(folder / "GT");
}

/// MFNet stores the thermal channel as the fourth one of its only pictures.
bool isMfnet(const fs::path& folder, const Words& pictures) {
  if (pictures.size() != 1 || lowerCase(pictures.front()) != "images") return false;
  const auto first = firstPicture(folder / pictures.front());
  return first && pictureSize(*first, FourthChannel::Measurement).channels == 4;
}

std::vector<ImageModality> mfnetModalities(const std::string& folder) {
  return {{"rgb", "RGB", {{folder, Channels::Colour}}},
          {"thermal", "Thermal", {{folder, Channels::Fourth}}}};
}

/// Beside the labels, colour first.
Words otherFolders(const fs::path& folder, const std::string& labelFolder) {
  Words names;
  for (const std::string& name : subfolders(folder)) {
    if (name != labelFolder) names.push_back(name);
  }
  std::stable_partition(names.begin(), names.end(),
                        [](const std::string& name) { return isOneOf(name, kColourNames); });
  return names;
}

Words statedFolders(const fs::path& folder, const Words& names) {
  Words found;
  for (const std::string& name : names) {
    const std::string own = folderNamed(folder, {lowerCase(name)});
    if (own.empty()) {
      throw Error(inQuotes(folder / "modalities.txt") + " names " + inQuotes(name) +
                  ", but there is no such folder; there are " + joined(subfolders(folder)) + ".");
    }
    found.push_back(own);
  }
  return found;
}

std::vector<ImageModality> plainModalities(const fs::path& folder, const std::string& labelFolder,
                                           Words& notes) {
  const auto stated = linesOf(folder / "modalities.txt");
  ModalityFolders found =
      stated ? ModalityFolders{statedFolders(folder, *stated), {}}
             : modalityFolders(folder, otherFolders(folder, labelFolder), labelFolder);
  const Words& names = found.names;
  notes = std::move(found.notes);
  if (names.empty()) {
    throw Error(inQuotes(folder) + " has no folder of pictures beside " + inQuotes(labelFolder) +
                "; one folder a modality is expected, such as rgb and depth.");
  }
  if (!stated && isMfnet(folder, names)) return mfnetModalities(names.front());
  std::vector<ImageModality> modalities;
  for (const std::string& name : names) modalities.push_back(wholeFolder(name));
  return modalities;
}

}  // namespace

ImageLayout imageLayout(const fs::path& folder) {
  if (!isFolder(folder)) {
    throw Error(inQuotes(folder) +
                " is no folder; a folder with a folder of pictures a modality "
                "is expected.");
  }
  refusePreparedVolumes(folder);
  if (isMcubes(folder)) return {mcubesModalities(folder), "GT", {}, kMcubesLeft};
  const std::string labels = folderNamed(folder, kLabelNames);
  if (labels.empty()) {
    const Words found = subfolders(folder);
    throw Error(inQuotes(folder) + " has no folder of labels (label, labels, gt or mask); it has " +
                (found.empty() ? "no folders" : joined(found)) + ".");
  }
  ImageLayout layout{{}, labels, {}, 0};
  layout.modalities = plainModalities(folder, labels, layout.notes);
  return layout;
}

std::string folderNamed(const fs::path& folder, const Words& names) {
  const Words found = subfolders(folder);
  for (const std::string& name : names) {
    const auto own = std::find_if(found.begin(), found.end(),
                                  [&](const std::string& one) { return lowerCase(one) == name; });
    if (own != found.end()) return *own;
  }
  return {};
}

}  // namespace modascope
