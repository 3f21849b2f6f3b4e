#include "core/cohort/image_cohort.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/files/paths.h"
#include "core/imagefolder/image_folder.h"
#include "core/imagefolder/picture.h"
#include "core/problem/split_file.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

CaseInfo caseOf(const ImageCase& scene, const fs::path& labelFolder) {
  CaseInfo info;
  info.id = scene.id;
  for (std::size_t m = 0; m < scene.files.size(); ++m) {
    const bool present = (scene.available >> m & 1u) != 0;
    info.modalities.push_back({present ? Presence::Present : Presence::Absent,
                               present ? scene.files[m].front() : fs::path(), 0});
    if (present)
      info.otherFiles.insert(info.otherFiles.end(), scene.files[m].begin() + 1,
                             scene.files[m].end());
  }
  info.segmentationPresence = scene.label ? Presence::Present : Presence::Absent;
  info.segmentation = scene.label.value_or(fs::path());
  if (!scene.problem.empty() || scene.available == 0) {
    info.verdict = Verdict::Excluded;
    info.notes.push_back(scene.problem.empty() ? "It has none of the modalities." : scene.problem);
  } else if (!scene.label) {
    info.verdict = Verdict::Warn;
    info.notes.push_back("There is no label in " + labelFolder.filename().string() + ".");
  }
  return info;
}

}  // namespace

bool isImageFolder(const fs::path& folder) {
  if (!isFolder(folder)) return false;
  try {
    imageLayout(folder);
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool holdsPictures(const fs::path& folder) {
  for (const fs::path& below : entriesOf(folder))
    for (const fs::path& file : entriesOf(below))
      if (isPictureName(file)) return true;
  return false;
}

Cohort imageCohort(const fs::path& folder) {
  const ImageFolderInfo info = inspectImages(folder);
  Cohort cohort(info.problem);
  cohort.folder = folder;
  cohort.notes = info.notes;
  std::error_code ignored;
  for (const char* name : {"classes.txt", "modalities.txt"})
    if (fs::is_regular_file(folder / name, ignored)) cohort.commonFiles.push_back(folder / name);
  for (const auto& [id, scene] : info.cases)
    cohort.cases.push_back(caseOf(scene, info.layout.labelFolder));
  std::vector<std::string> said;
  cohort.splitsByHash = statedParts(folder, said).empty();
  cohort.splits.emplace();
  for (const ImageSplit& split : info.splits) (*cohort.splits)[split.name] = split.ids;
  return cohort;
}

}  // namespace modascope
