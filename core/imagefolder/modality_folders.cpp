#include "core/imagefolder/modality_folders.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/base/leftover_files.h"
#include "core/base/name_text.h"
#include "core/base/paths.h"
#include "core/base/words.h"
#include "core/imagefolder/files_below.h"
#include "core/imagefolder/image_layout.h"
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
  const std::string name = lowered(folder);
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

/// A volume of RFNet's preparation in the folder itself.
bool holdsPreparedVolume(const fs::path& folder) {
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
    if (it->path().filename().string().ends_with("_vol.npy")) return true;
  return false;
}

std::vector<fs::path> foldersIn(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code failed, ignored;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
    if (it->is_directory(ignored) && !isLeftover(it->path())) folders.push_back(it->path());
  return folders;
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
      notes.push_back(inQuotes(file) + " leads to no file: it was passed over.");
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
  for (const std::string& name : candidates) {
    if (soundsLikeResults(name))
      results.push_back(name);
    else if (!sharesAName(picturesBelow(folder / name), labels))
      strangers.push_back(name);
    else
      chosen.names.push_back(name);
  }
  if (chosen.names.empty()) return {candidates, {}};
  note(chosen.notes, results, "results are called so.");
  note(chosen.notes, strangers, "no picture there has the name of a label.");
  return chosen;
}

void refusePreparedVolumes(const fs::path& folder) {
  std::vector<fs::path> places{folder};
  for (const fs::path& below : foldersIn(folder)) {
    places.push_back(below);
    const auto further = foldersIn(below);
    places.insert(places.end(), further.begin(), further.end());
  }
  const auto found = std::find_if(places.begin(), places.end(), holdsPreparedVolume);
  if (found == places.end()) return;
  throw Error(inQuotes(*found) +
              " holds BraTS as RFNet and mmFormer prepare it: arrays of whole volumes "
              "(<case>_vol.npy), without voxel sizes and places. They are not read; open the NIfTI "
              "files that they were made from, the folder of BraTS itself.");
}

}  // namespace modascope
