#include "core/cohort/layout/layout.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/cohort/layout/bids.h"
#include "core/cohort/layout/listing.h"
#include "core/cohort/layout/passed_over.h"
#include "core/cohort/layout/stray_volumes.h"
#include "core/cohort/layout/taken_files.h"
#include "core/cohort/naming/dataset_file.h"
#include "core/problem/brats.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Stated = std::optional<DatasetFile>;

constexpr int kDeepest = 2;  // cohort/HGG/case

/// What the numbers of channels mean: as stated, else by custom.
struct Order {
  Channels channels;
  std::string problem;
};

Order orderOf(const Stated& stated, const Channels& custom) {
  if (!stated) return {custom, {}};
  return {stated->channels, stated->channelProblem};
}

void noteMissingChannels(CaseFiles& files, const Channels& channels) {
  for (const auto& [number, modality] : channels)
    if (!files.modalities[modality.index()])
      files.warnings.push_back("dataset.json names channel " + std::to_string(number) + " (" +
                               bratsModalities().label(modality) + "), and " + files.id +
                               " has no file of this number: it counts as absent.");
}

void addChannels(CaseFiles& files, const std::vector<NamedFile>& group, const Stated& stated) {
  const bool any = std::any_of(group.begin(), group.end(),
                               [](const NamedFile& file) { return file.channel.has_value(); });
  if (!any) return;
  files.scheme = NamingScheme::NnUnet;
  if (!stated) {
    files.warnings.push_back(
        "No dataset.json says what the channels are: 0000, 0001, 0002, 0003 were taken for T1, "
        "T1ce, T2, FLAIR.");
  }
  const Order order = orderOf(stated, nnUnetChannels());
  files.problem = order.problem;
  if (!files.problem.empty()) return;
  for (const NamedFile& file : group) {
    if (!file.channel) continue;
    const auto channel = order.channels.find(*file.channel);
    if (channel != order.channels.end()) {
      takeModality(files, channel->second, file.file, bratsModalities());
    } else {
      files.problem = file.file.filename().string() + " is channel " +
                      std::to_string(*file.channel) + "; known are " + wordsOf(order.channels) +
                      (stated ? ", by " + stated->file.string() + "." : ".");
    }
  }
  if (stated) noteMissingChannels(files, order.channels);
}

/// Labels that are stated decide the numbering, whatever the files are named by.
void applyLabels(CaseFiles& files, const Stated& stated) {
  if (!stated) return;
  if (!stated->warning.empty()) files.warnings.push_back(stated->warning);
  if (!files.segmentation) return;
  if (!stated->labelProblem.empty() && files.problem.empty()) files.problem = stated->labelProblem;
  if (stated->profiles.empty()) return;
  const LabelProfile byName = profileOf(files.scheme);
  const auto& fitting = stated->profiles;
  files.statedProfile =
      std::find(fitting.begin(), fitting.end(), byName) != fitting.end() ? byName : fitting.front();
}

/// The files of one prefix as a case; `segmentations` are the folder's, the best of them is taken.
CaseFiles caseOf(const std::string& id, const std::vector<NamedFile>& group,
                 const std::vector<NamedFile>& segmentations, const fs::path& folder,
                 const Stated& stated) {
  CaseFiles files = emptyCase(id, folder);
  for (const NamedFile& file : group) {
    if (file.modality) takeModality(files, *file.modality, file.file, bratsModalities());
    if (file.saysBrats2023) files.scheme = NamingScheme::Brats2023;
  }
  addChannels(files, group, stated);
  takeSegmentation(files, segmentations, group.front().prefix);
  applyLabels(files, stated);
  return files;
}

CaseFiles folderCase(const Listing& listing, const FileGroups::value_type& group,
                     const fs::path& folder, const Stated& stated) {
  const std::string prefix = group.second.front().prefix;
  CaseFiles files = caseOf(caseIdOf(folder, prefix), group.second,
                           rankedSegmentations(listing.named, group.first), folder, stated);
  for (const NamedFile& file : listing.named) {
    if (!file.segmentation && lowerCase(file.prefix) != group.first) {
      files.warnings.push_back(file.file.filename().string() +
                               " was left aside: it bears the name of another case.");
    }
  }
  notePassedOver(files, listing.notUnderstood(), prefix);
  return files;
}

/// labelsTr may hold the segmentation under a name that is not the case's alone.
void noteOddLabels(const fs::path& folder, std::vector<CaseFiles>& cases) {
  const fs::path labels = labelFolderOf(folder);
  if (labels.empty()) return;
  const Listing listing = list(labels);
  const std::vector<fs::path> volumes = listing.volumes();
  for (CaseFiles& files : cases) {
    if (files.segmentation || !files.problem.empty()) continue;
    std::vector<fs::path> odd;
    std::copy_if(volumes.begin(), volumes.end(), std::back_inserter(odd),
                 [&](const fs::path& file) { return belongsTo(file, files.id); });
    notePassedOver(files, odd, files.id, labels);
  }
}

/// Whether the folder is one case: its files bear its name, or none.
bool isCaseFolder(const FileGroups& groups, const fs::path& folder) {
  return groups.contains(lowerCase(folder.filename().string())) || groups.contains("");
}

/// Files of different prefixes are never put together: they may be of different patients.
std::vector<CaseFiles> namedCases(const Listing& listing, const fs::path& folder,
                                  const Stated& stated, bool hasCasesBelow) {
  const FileGroups groups = groupByPrefix(listing.named, false);
  if (groups.empty()) return {};
  if (!isFlatFolder(folder)) {
    const auto own = groups.find(lowerCase(folder.filename().string()));
    if (groups.size() == 1 && !hasCasesBelow)
      return {folderCase(listing, *groups.begin(), folder, stated)};
    if (own != groups.end()) return {folderCase(listing, *own, folder, stated)};
  }
  const FileGroups segmentations = groupByPrefix(listing.named, true);
  std::vector<CaseFiles> cases;
  for (const auto& [prefix, group] : groups) {
    const auto own = segmentations.find(prefix);
    cases.push_back(caseOf(group.front().prefix, group,
                           own == segmentations.end() ? std::vector<NamedFile>{} : own->second,
                           folder, stated));
  }
  noteOddLabels(folder, cases);
  const fs::path labels = labelFolderOf(folder);
  shareVolumes(
      listing.notUnderstood(),
      {[&](CaseFiles& files, const std::vector<fs::path>& volumes) {
         notePassedOver(files, volumes, files.id, labels);
       },
       [](const fs::path&) { return "it names no modality and begins like no other case"; }},
      cases);
  return cases;
}

int componentsOf(const fs::path& file) {
  try {
    return readHeader(file).components;
  } catch (const Error&) {
    return 0;
  }
}

/// The file as a case; its `problem` says why it is none.
CaseFiles caseInOneFile(const fs::path& file, const Stated& stated) {
  CaseFiles files = emptyCase(niftiStem(file), file);
  files.scheme = NamingScheme::Msd;
  files.segmentation = labelsBeside(file.parent_path(), files.id);
  const Order order = orderOf(stated, msdChannels());
  files.problem = order.problem;
  if (!files.problem.empty()) return files;
  const int components = readHeader(file).components;
  if (components != static_cast<int>(order.channels.size()) ||
      order.channels.rbegin()->first != components - 1) {
    files.problem =
        file.string() + " holds " + std::to_string(components) + " image(s); " +
        (stated ? stated->file.string() + " names " + wordsOf(order.channels) + "."
                : "a file that is a case by itself holds four (4D): FLAIR, T1, T1ce, T2.");
    return files;
  }
  for (const auto& [channel, modality] : order.channels)
    files.modalities[modality.index()] = CaseFiles::Source{file, channel, true};
  applyLabels(files, stated);
  return files;
}

CaseFiles caseInOneFileOrWhyNot(const fs::path& file, const Stated& stated) {
  try {
    return caseInOneFile(file, stated);
  } catch (const Error& error) {
    CaseFiles files = emptyCase(niftiStem(file), file);
    files.problem = error.what();
    return files;
  }
}

std::vector<CaseFiles> fourDCases(const Listing& listing, const fs::path& folder,
                                  const Stated& stated) {
  const bool any = std::any_of(listing.unnamed.begin(), listing.unnamed.end(),
                               [](const fs::path& file) { return componentsOf(file) > 1; });
  const bool ofOneChannel = stated && stated->channels.size() == 1;  // which needs no 4D
  if (!any && !ofOneChannel) return {};
  const FileGroups segmentations = groupByPrefix(listing.named, true);
  std::vector<CaseFiles> cases;
  for (const fs::path& file : listing.unnamed) {
    CaseFiles files = caseInOneFileOrWhyNot(file, stated);
    const auto own = segmentations.find(lowerCase(files.id));
    if (own != segmentations.end()) {
      files.segmentation = own->second.front().file;
      applyLabels(files, stated);
    }
    cases.push_back(std::move(files));
  }
  noteOddLabels(folder, cases);
  return cases;
}

/// A folder with images of which none is known as a modality.
std::vector<CaseFiles> strangeCase(const Listing& listing, const fs::path& folder) {
  if (!listing.holdsVolumes()) return {};
  CaseFiles files = emptyCase(caseIdOf(folder, ""), folder);
  const auto ranked = rankedSegmentations(listing.named, lowerCase(files.id));
  if (!ranked.empty()) files.segmentation = ranked.front().file;
  if (!listing.unnamed.empty()) {
    files.problem = "No file's name names a modality, such as " +
                    listing.unnamed.front().filename().string() +
                    "; expected names like <case>_t1.nii.gz, <case>-t1n.nii.gz or "
                    "<case>_0000.nii.gz.";
  } else if (!listing.foreign.empty()) {
    files.problem = "Its volumes, such as " + listing.foreign.front().filename().string() +
                    ", are in a format that is not read; convert them to .nii.gz.";
  }
  return {files};
}

/// Finds the cases of a cohort; `top` is how far up a dataset.json counts.
class Search {
 public:
  explicit Search(fs::path top) : top_(std::move(top)) {}

  std::vector<CaseFiles> below(const fs::path& folder, int depth) const {
    const Listing listing = list(folder);
    const Stated stated = datasetFileFor(folder, top_);
    const FileGroups groups = groupByPrefix(listing.named, false);
    const bool isCase = !groups.empty() && (isFlatFolder(folder) || isCaseFolder(groups, folder));
    std::vector<CaseFiles> cases;
    if (!isCase) cases = inFolders(listing, depth);
    std::vector<CaseFiles> own = namedCases(listing, folder, stated, !cases.empty());
    if (isCase) noteFolders(listing.folders, own.front());
    if (own.empty() && !cases.empty()) noteVolumesOutside(listing.volumes(), cases);
    std::move(own.begin(), own.end(), std::back_inserter(cases));
    if (cases.empty()) cases = fourDCases(listing, folder, stated);
    if (cases.empty()) cases = strangeCase(listing, folder);
    return cases;
  }

 private:
  std::vector<CaseFiles> inFolders(const Listing& listing, int depth) const {
    const auto& folders = listing.folders;
    const bool isBids = std::any_of(folders.begin(), folders.end(), isAnatomyFolder);
    std::vector<CaseFiles> cases;
    std::vector<fs::path> ofOtherKinds;
    for (const fs::path& sub : folders) {
      if (depth >= kDeepest || isLabelFolder(sub)) continue;
      if (isBids && !isAnatomyFolder(sub) && !isSessionFolder(sub)) {
        ofOtherKinds.push_back(sub);
        continue;
      }
      auto found = below(sub, isSessionFolder(sub) ? depth : depth + 1);
      std::move(found.begin(), found.end(), std::back_inserter(cases));
    }
    if (!cases.empty()) noteFolders(ofOtherKinds, cases.front());
    return cases;
  }

  static void noteFolders(const std::vector<fs::path>& folders, CaseFiles& files) {
    for (const fs::path& sub : folders)
      if (!isLabelFolder(sub) && list(sub).holdsVolumes()) noteFolder(files, sub);
  }

  fs::path top_;
};

}  // namespace

std::vector<CaseFiles> findCases(const fs::path& folder) {
  std::error_code ignored;
  const fs::directory_iterator entries(folder, ignored);
  const bool holdsImages = std::any_of(begin(entries), end(entries),
                                       [](const auto& entry) { return isNiftiName(entry.path()); });
  const Search search(holdsImages ? folder.parent_path() : folder);
  std::vector<CaseFiles> cases = search.below(folder, 0);
  std::stable_sort(cases.begin(), cases.end(),
                   [](const CaseFiles& a, const CaseFiles& b) { return a.id < b.id; });
  return cases;
}

CaseFiles fourDCase(const fs::path& file) {
  const fs::path folder = file.parent_path();
  CaseFiles files = caseInOneFile(file, datasetFileFor(folder, folder.parent_path()));
  if (!files.problem.empty()) throw Error(files.problem);
  return files;
}

}  // namespace modascope
