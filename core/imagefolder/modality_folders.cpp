#include "core/imagefolder/modality_folders.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/name_text.h"
#include "core/base/words.h"
#include "core/files/input_file.h"
#include "core/files/paths.h"
#include "core/imagefolder/files_below.h"
#include "core/imagefolder/picture.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

/// "predictions", "pred_cmnext", "vis": what programs write beside their data.
bool soundsLikeResults(const std::string& folder) {
  constexpr std::array<std::string_view, 12> kBegins{"pred",    "result",     "output", "visuali",
                                                     "overlay", "preview",    "thumbs", "thumbnail",
                                                     "backup",  "checkpoint", "runs",   "logs"};
  constexpr std::array<std::string_view, 6> kNames{"vis", "out", "tmp", "temp", "old", "figures"};
  const std::string name = lowerCase(folder);
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view word) { return name.starts_with(word); }) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool sharesAName(const std::map<std::string, fs::path>& a,
                 const std::map<std::string, fs::path>& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& one) { return b.contains(one.first); });
}

void note(std::vector<std::string>& notes, const std::vector<std::string>& folders,
          const std::string& why) {
  if (folders.empty()) return;
  notes.push_back((folders.size() == 1 ? "The folder " : "The folders ") + joined(folders) +
                  (folders.size() == 1 ? " was" : " were") + " passed over: " + why +
                  " The file modalities.txt can name which folders are modalities.");
}

/// RFNet's volumes lie in a folder of this name.
bool holdsPreparedVolumes(const fs::path& folder) {
  if (!isFolder(folder) || folder.filename() != "vol") return false;
  const std::vector<fs::path> entries = entriesOf(folder);
  return std::any_of(entries.begin(), entries.end(), [](const fs::path& entry) {
    return entry.filename().string().ends_with("_vol.npy");
  });
}

/// Of what is called like a picture and is no file: "… is a pipe, not a file."
std::string whatStandsThere(const fs::path& file) {
  try {
    requireRegularFile(file);
  } catch (const Error& error) {
    return error.what();
  }
  return inQuotes(file) + " has just appeared.";
}

}  // namespace

std::map<std::string, fs::path> picturesBelow(const fs::path& folder,
                                              std::vector<std::string>& notes) {
  std::map<std::string, fs::path> pictures;
  if (!isFolder(folder)) return pictures;
  forEachFileBelow(folder, [&](const fs::path& file) {
    if (!isPictureName(file)) return;
    if (isFile(file))
      pictures[textOf(file.lexically_relative(folder).replace_extension())] = file;
    else
      notes.push_back(whatStandsThere(file) + " It was passed over.");
  });
  return pictures;
}

std::map<std::string, fs::path> picturesBelow(const fs::path& folder) {
  std::vector<std::string> ignored;
  return picturesBelow(folder, ignored);
}

ModalityFolders modalityFolders(const fs::path& folder, const std::vector<std::string>& candidates,
                                const std::string& labelFolder) {
  const auto labels = picturesBelow(folder / labelFolder);
  ModalityFolders chosen;
  std::vector<std::string> results, strangers;
  ModalityFolders all;
  for (const std::string& name : candidates) {
    const auto pictures = picturesBelow(folder / name);
    if (pictures.empty()) continue;
    all.names.push_back(name);
    if (soundsLikeResults(name))
      results.push_back(name);
    else if (!sharesAName(pictures, labels))
      strangers.push_back(name);
    else
      chosen.names.push_back(name);
  }
  if (chosen.names.empty()) return all;
  note(chosen.notes, results, "results are called so.");
  note(chosen.notes, strangers, "no picture there has the name of a label.");
  return chosen;
}

void refusePreparedVolumes(const fs::path& folder) {
  std::vector<fs::path> places{folder, folder / "vol"};
  if (isFolder(folder))
    for (const fs::path& below : entriesOf(folder)) places.push_back(below / "vol");
  const auto found = std::find_if(places.begin(), places.end(), holdsPreparedVolumes);
  if (found == places.end()) return;
  throw Error(inQuotes(*found) +
              " holds BraTS as RFNet and mmFormer prepare it: arrays of whole volumes "
              "(<case>_vol.npy), without voxel sizes and places. They are not read; open the NIfTI "
              "files that they were made from, the folder of BraTS itself.");
}

}  // namespace modascope
