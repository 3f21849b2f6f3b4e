#include "core/cohort/layout/taken_files.h"

#include <algorithm>

#include "core/base/lower_case.h"
#include "core/cohort/layout/listing.h"
#include "core/cohort/layout/stray_volumes.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// A segmentation that bears the name of no patient here may be another's.
void noteForeignSegmentation(CaseFiles& files, const NamedFile& segmentation,
                             const std::string& prefix) {
  const std::string its = lowerCase(segmentation.prefix);
  if (its.empty() || prefix.empty() || belongsTo(segmentation.file, prefix) ||
      its == lowerCase(files.place.filename().string()))
    return;
  files.warnings.push_back(segmentation.file.filename().string() +
                           " is taken for the segmentation although it bears another name than " +
                           files.id + ".");
}

}  // namespace

FileGroups groupByPrefix(const std::vector<NamedFile>& named, bool segmentations) {
  FileGroups groups;
  for (const NamedFile& file : named) {
    if (file.segmentation == segmentations) groups[lowerCase(file.prefix)].push_back(file);
  }
  return groups;
}

void takeModality(CaseFiles& files, ModalityId modality, const fs::path& file,
                  const ModalitySchema& schema) {
  auto& source = files.modalities[modality.index()];
  if (!source) {
    source = CaseFiles::Source{file, 0, false};
    return;
  }
  files.warnings.push_back(file.filename().string() +
                           " was left aside: " + source->file.filename().string() +
                           " is taken for " + schema.label(modality) + ".");
}

std::vector<NamedFile> rankedSegmentations(const std::vector<NamedFile>& named,
                                           const std::string& prefix) {
  std::vector<NamedFile> ranked;
  std::copy_if(named.begin(), named.end(), std::back_inserter(ranked),
               [](const NamedFile& file) { return file.segmentation; });
  std::stable_partition(ranked.begin(), ranked.end(),
                        [&](const NamedFile& file) { return lowerCase(file.prefix) == prefix; });
  return ranked;
}

void takeSegmentation(CaseFiles& files, const std::vector<NamedFile>& ranked,
                      const std::string& prefix) {
  if (!ranked.empty()) {
    files.segmentation = ranked.front().file;
    noteForeignSegmentation(files, ranked.front(), prefix);
  }
  for (std::size_t i = 1; i < ranked.size(); ++i) {
    files.remarks.push_back(ranked[i].file.filename().string() + " was left aside: " +
                            files.segmentation->filename().string() + " is the segmentation.");
  }
  if (!files.segmentation) files.segmentation = labelsBeside(files.place, files.id);
}

std::optional<fs::path> labelsBeside(const fs::path& imagesFolder, const std::string& id) {
  const fs::path folder = labelFolderOf(imagesFolder);
  if (folder.empty()) return std::nullopt;
  for (const char* suffix : {".nii.gz", ".nii"}) {
    std::error_code ignored;
    if (fs::exists(folder / (id + suffix), ignored)) return folder / (id + suffix);
  }
  return std::nullopt;
}

}  // namespace modascope
