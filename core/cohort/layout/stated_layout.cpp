#include "core/cohort/layout/stated_layout.h"

#include <algorithm>

#include "core/cohort/layout/bids.h"
#include "core/cohort/layout/listing.h"
#include "core/cohort/layout/stray_volumes.h"
#include "core/cohort/layout/taken_files.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Cases = std::vector<CaseFiles>;

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

std::optional<NamedFile> namedBy(const ProblemFile& said, const fs::path& file) {
  if (!isNiftiName(file)) return std::nullopt;
  const std::string stem = niftiStem(file);
  auto meant = meaningOf(stem, said);
  if (!meant) meant = channelOf(stem, said);
  if (!meant) return std::nullopt;
  NamedFile named;
  named.file = file;
  named.prefix = meant->prefix;
  named.modality = meant->modality;
  named.segmentation = !meant->modality;
  return named;
}

/// One folder's cases.
class StatedFolder {
 public:
  StatedFolder(const fs::path& folder, const ProblemFile& said)
      : folder_(folder),
        said_(said),
        listing_(list(folder, [&said](const fs::path& file) { return namedBy(said, file); })),
        images_(groupByPrefix(listing_.named, false)) {}

  const Listing& listing() const { return listing_; }
  bool holdsImages() const { return !images_.empty(); }

  /// Files of one name are a case and may lie beside others that bear none.
  bool isOneCase(bool hasCasesBelow) const {
    if (isFlatFolder(folder_) || images_.empty()) return false;
    const std::size_t named = images_.size() - images_.count("");
    return named == 0 || (named == 1 && !hasCasesBelow);
  }

  CaseFiles oneCase() const {
    const auto& [key, group] = *images_.rbegin();  // without a name only where no other has one
    const std::string& prefix = group.front().prefix;
    CaseFiles files = caseOf(caseIdOf(folder_, prefix), group);
    takeSegmentation(files, rankedSegmentations(listing_.named, key), prefix);
    for (const auto& [other, bare] : images_)
      if (other != key)
        for (const NamedFile& file : bare)
          files.warnings.push_back(file.file.filename().string() +
                                   " was left aside: it does not bear the name of the case.");
    notePassedOver(files, listing_.notUnderstood());
    return files;
  }

  /// Files that bear no name may be any patient's: no case takes them.
  Cases severalCases() const {
    FileGroups segmentations = groupByPrefix(listing_.named, true);
    std::vector<fs::path> strays = listing_.notUnderstood();
    Cases cases;
    for (const auto& [key, group] : images_) {
      if (key.empty()) {
        addFiles(group, strays);
        continue;
      }
      cases.push_back(caseOf(group.front().prefix, group));
      takeSegmentation(cases.back(), segmentations[key], group.front().prefix);
      segmentations.erase(key);
    }
    for (const auto& [key, group] : segmentations) addFiles(group, strays);
    const auto note = [this](CaseFiles& files, const std::vector<fs::path>& own) {
      notePassedOver(files, own);
    };
    const auto reason = [this](const fs::path& file) { return reasonFor(file); };
    shareVolumes(strays, {note, reason}, cases);
    return cases;
  }

  /// A folder with volumes of which none is known as a modality.
  Cases strangeCase() const {
    const std::vector<fs::path> rest = listing_.notUnderstood();
    if (!listing_.holdsVolumes()) return {};
    CaseFiles files = emptyCase(caseIdOf(folder_, ""), folder_);
    takeSegmentation(files, rankedSegmentations(listing_.named, ""), "");
    files.problem = rest.empty() ? "No modality is there, only a segmentation."
                                 : "No file's name names a modality, such as " +
                                       rest.front().filename().string() + ": " +
                                       reasonFor(rest.front()) + "; expected names like <case>_" +
                                       said_.problem.schema.key(ModalityId(0)) + ".nii.gz.";
    return {files};
  }

 private:
  static void addFiles(const std::vector<NamedFile>& group, std::vector<fs::path>& files) {
    for (const NamedFile& file : group) files.push_back(file.file);
  }

  CaseFiles caseOf(const std::string& id, const std::vector<NamedFile>& group) const {
    CaseFiles files = emptyCase(id, folder_);
    files.modalities.resize(said_.problem.schema.size());
    for (const NamedFile& file : group)
      takeModality(files, *file.modality, file.file, said_.problem.schema);
    return files;
  }

  std::string reasonFor(const fs::path& file) const {
    if (!isNiftiName(file)) return kOtherFormat;
    if (namedBy(said_, file)) return "it bears the name of no case here";
    return said_.file.filename().string() + " does not say what it is";
  }

  void notePassedOver(CaseFiles& files, const std::vector<fs::path>& volumes) const {
    for (const fs::path& file : volumes)
      files.remarks.push_back(file.filename().string() + " was passed over: " + reasonFor(file) +
                              ".");
  }

  const fs::path& folder_;
  const ProblemFile& said_;
  Listing listing_;
  FileGroups images_;
};

/// What the folders in a folder hold.
struct Below {
  Cases cases;
  Cases strange;                         ///< which are none, and say why
  std::vector<fs::path> strangeFolders;  ///< which hold no other
};

class StatedSearch {
 public:
  explicit StatedSearch(const ProblemFile& said) : said_(said) {}

  Cases below(const fs::path& folder, int depth) const {
    const StatedFolder here(folder, said_);
    const auto& folders = here.listing().folders;
    Below inside = inFolders(folders, depth);
    if (here.isOneCase(!inside.cases.empty())) {
      inside.cases.insert(inside.cases.begin(), here.oneCase());
      return withFolders(std::move(inside));
    }
    if (!inside.cases.empty() && std::any_of(folders.begin(), folders.end(), isAnatomyFolder)) {
      noteVolumesOutside(here.listing().volumes(), inside.cases);
      return withFolders(std::move(inside));
    }
    Cases all = std::move(inside.cases);
    append(inside.strange, all);
    if (here.holdsImages())
      append(here.severalCases(), all);
    else if (all.empty())
      all = here.strangeCase();
    else
      noteVolumesOutside(here.listing().volumes(), all);
    return all;
  }

 private:
  static void append(Cases from, Cases& to) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  }

  Below inFolders(const std::vector<fs::path>& folders, int depth) const {
    Below inside;
    if (depth >= kFoldersBelow) return inside;
    for (const fs::path& sub : folders) {
      if (isLabelFolder(sub)) continue;
      Cases found = below(sub, depth + 1);
      const bool isStrange =
          !found.empty() && std::all_of(found.begin(), found.end(), [](const CaseFiles& files) {
            return !files.problem.empty();
          });
      if (isStrange) inside.strangeFolders.push_back(sub);
      append(std::move(found), isStrange ? inside.strange : inside.cases);
    }
    return inside;
  }

  /// What lies in folders of a case's folder is the case's, though it does not take it.
  static Cases withFolders(Below inside) {
    for (const fs::path& sub : inside.strangeFolders) noteFolder(inside.cases.front(), sub);
    return std::move(inside.cases);
  }

  const ProblemFile& said_;
};

}  // namespace

std::vector<CaseFiles> findStatedCases(const fs::path& folder, const ProblemFile& said) {
  Cases cases = StatedSearch(said).below(folder, 0);
  for (CaseFiles& files : cases) {
    files.modalities.resize(said.problem.schema.size());
    files.stated = StatedCase{said.problem.regions, said.longestMm};
  }
  std::stable_sort(cases.begin(), cases.end(),
                   [](const CaseFiles& a, const CaseFiles& b) { return a.id < b.id; });
  return cases;
}

}  // namespace modascope
