#include "core/cohort/layout/stated_layout.h"

#include <algorithm>
#include <map>

#include "core/base/lower_case.h"
#include "core/cohort/layout/bids.h"
#include "core/cohort/layout/listing.h"
#include "core/files/leftover_files.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// nnU-Net's number at the end of a name: "_0002" is the third modality.
std::optional<MeantFile> channelOf(const std::string& stem, const ProblemFile& said) {
  constexpr std::size_t kLength = 5;
  if (stem.size() < kLength) return std::nullopt;
  const std::string end = stem.substr(stem.size() - kLength);
  if (!end.starts_with("_000") || end[4] < '0' || end[4] > '9') return std::nullopt;
  const auto number = static_cast<std::size_t>(end[4] - '0');
  if (number >= said.problem.schema.size()) return std::nullopt;
  return MeantFile{stem.substr(0, stem.size() - kLength), ModalityId(number)};
}

/// One folder's cases.
class StatedFolder {
 public:
  StatedFolder(const fs::path& folder, const ProblemFile& said) : folder_(folder), said_(said) {
    for (const fs::path& entry : entriesOf(folder)) {
      if (isLeftover(entry)) continue;
      if (isFolder(entry))
        folders_.push_back(entry);
      else if (isNiftiName(entry))
        take(entry);
      else if (isVolumeName(entry))
        unnamed_.push_back(entry);
    }
  }

  const std::vector<fs::path>& folders() const { return folders_; }

  std::vector<CaseFiles> cases() {
    const bool isOneCase = images_.size() == 1 && !isFlatFolder(folder_);
    for (auto& [prefix, files] : images_) {
      if (isOneCase) files.id = caseIdOf(folder_, files.id);
      takeSegmentation(files, isOneCase ? "" : prefix);
      for (const fs::path& file : unnamed_)
        if (isOneCase || lowerCase(file.filename().string()).starts_with(prefix))
          files.remarks.push_back(file.filename().string() + " was passed over: " +
                                  said_.file.filename().string() + " does not say what it is.");
    }
    std::vector<CaseFiles> all;
    for (auto& [prefix, files] : images_) all.push_back(std::move(files));
    return all;
  }

 private:
  void take(const fs::path& file) {
    const std::string stem = niftiStem(file);
    auto meant = meaningOf(stem, said_);
    if (!meant) meant = channelOf(stem, said_);
    if (!meant) return unnamed_.push_back(file);
    const std::string prefix = lowerCase(meant->prefix);
    if (!meant->modality) return void(segmentations_.emplace(prefix, file));
    auto [at, isNew] = images_.try_emplace(prefix, emptyCase(meant->prefix, folder_));
    CaseFiles& files = at->second;
    if (isNew) {
      files.modalities.assign(said_.problem.schema.size(), std::nullopt);
      files.stated = StatedCase{said_.problem.regions, said_.longestMm};
    }
    auto& source = files.modalities[meant->modality->index()];
    if (!source)
      source = CaseFiles::Source{file, 0, false};
    else
      files.warnings.push_back(
          file.filename().string() + " was left aside: " + source->file.filename().string() +
          " is taken for " + said_.problem.schema.label(*meant->modality) + ".");
  }

  /// The one that begins with `prefix`; of labelsTr the one that bears the case's name.
  void takeSegmentation(CaseFiles& files, const std::string& prefix) const {
    for (const auto& [its, file] : segmentations_) {
      if (!prefix.empty() && its != prefix) continue;
      if (!files.segmentation)
        files.segmentation = file;
      else
        files.remarks.push_back(file.filename().string() + " was left aside: " +
                                files.segmentation->filename().string() + " is the segmentation.");
    }
    const fs::path labels = labelFolderOf(folder_);
    for (const char* ending : {".nii.gz", ".nii"})
      if (!files.segmentation && !labels.empty() && isFile(labels / (files.id + ending)))
        files.segmentation = labels / (files.id + ending);
  }

  fs::path folder_;
  const ProblemFile& said_;
  std::vector<fs::path> folders_;
  std::vector<fs::path> unnamed_;
  std::map<std::string, CaseFiles> images_;             ///< by prefix, in lower case
  std::multimap<std::string, fs::path> segmentations_;  ///< likewise
};

void findBelow(const fs::path& folder, int depth, const ProblemFile& said,
               std::vector<CaseFiles>& cases) {
  StatedFolder here(folder, said);
  auto found = here.cases();
  std::move(found.begin(), found.end(), std::back_inserter(cases));
  if (depth >= kFoldersBelow) return;
  for (const fs::path& sub : here.folders())
    if (!isLabelFolder(sub)) findBelow(sub, depth + 1, said, cases);
}

}  // namespace

std::vector<CaseFiles> findStatedCases(const fs::path& folder, const ProblemFile& said) {
  std::vector<CaseFiles> cases;
  findBelow(folder, 0, said, cases);
  std::stable_sort(cases.begin(), cases.end(),
                   [](const CaseFiles& a, const CaseFiles& b) { return a.id < b.id; });
  return cases;
}

}  // namespace modascope
