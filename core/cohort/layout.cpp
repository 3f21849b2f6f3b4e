#include "core/cohort/layout.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/leftover_files.h"
#include "core/cohort/channels.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 2;  // cohort/HGG/case

/// A folder's content, sorted; folders that cannot be entered are empty.
struct Listing {
  std::vector<NamedFile> named;
  std::vector<fs::path> unnamed;  ///< NIfTI files whose names say nothing
  std::vector<fs::path> folders;
};

bool isLabelFolder(const fs::path& folder) {
  return lowerCase(folder.filename().string()).starts_with("labels");
}

bool isFlatFolder(const fs::path& folder) {
  return lowerCase(folder.filename().string()).starts_with("images");
}

Listing list(const fs::path& folder) {
  std::error_code problem;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem)) {
    if (!isLeftover(it->path())) entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  Listing listing;
  for (const fs::path& entry : entries) {
    std::error_code ignored;
    if (fs::is_directory(entry, ignored)) {  // a broken link is a file: it must not look absent
      listing.folders.push_back(entry);
    } else if (const auto named = parseName(entry)) {
      listing.named.push_back(*named);
    } else if (isNiftiName(entry)) {
      listing.unnamed.push_back(entry);
    }
  }
  return listing;
}

CaseFiles emptyCase(std::string id, const fs::path& place) {
  CaseFiles files;
  files.id = std::move(id);
  files.place = place;
  files.modalities.resize(ModalitySchema::brats().size());
  return files;
}

/// labelsTr/<id>.nii.gz beside imagesTr.
std::optional<fs::path> labelsBeside(const fs::path& imagesFolder, const std::string& id) {
  if (!isFlatFolder(imagesFolder)) return std::nullopt;
  const std::string name = imagesFolder.filename().string();
  const fs::path folder = imagesFolder.parent_path() / ("labels" + name.substr(6));
  for (const char* suffix : {".nii.gz", ".nii"}) {
    std::error_code ignored;
    if (fs::exists(folder / (id + suffix), ignored)) return folder / (id + suffix);
  }
  return std::nullopt;
}

void addModality(CaseFiles& files, ModalityId modality, const fs::path& file) {
  auto& source = files.modalities[modality.index()];
  if (!source) {
    source = CaseFiles::Source{file, 0, false};
    return;
  }
  files.warnings.push_back(file.filename().string() +
                           " was left aside: " + source->file.filename().string() +
                           " is taken for " + ModalitySchema::brats().label(modality) + ".");
}

void addChannels(CaseFiles& files, const std::vector<NamedFile>& group, const fs::path& folder) {
  const bool any = std::any_of(group.begin(), group.end(),
                               [](const NamedFile& file) { return file.channel.has_value(); });
  if (!any) return;
  files.scheme = NamingScheme::NnUnet;
  const auto stated = statedChannelOrder(folder);
  if (!stated) {
    files.warnings.push_back(
        "No dataset.json says what the channels are: 0000, 0001, 0002, 0003 were taken for T1, "
        "T1ce, T2, FLAIR.");
  }
  const ChannelOrder order = stated.value_or(nnUnetChannelOrder());
  for (const NamedFile& file : group) {
    if (file.channel) {
      addModality(files, order[static_cast<std::size_t>(*file.channel)], file.file);
    }
  }
}

/// The files of one prefix as a case; `segmentations` are the folder's, the best of them is taken.
CaseFiles caseOf(const std::string& id, const std::vector<NamedFile>& group,
                 const std::vector<NamedFile>& segmentations, const fs::path& folder) {
  CaseFiles files = emptyCase(id, folder);
  for (const NamedFile& file : group) {
    if (file.modality) addModality(files, *file.modality, file.file);
    if (file.saysBrats2023) files.scheme = NamingScheme::Brats2023;
  }
  addChannels(files, group, folder);
  if (!segmentations.empty()) files.segmentation = segmentations.front().file;
  for (std::size_t i = 1; i < segmentations.size(); ++i) {
    files.remarks.push_back(segmentations[i].file.filename().string() + " was left aside: " +
                            files.segmentation->filename().string() + " is the segmentation.");
  }
  if (!files.segmentation) files.segmentation = labelsBeside(folder, id);
  return files;
}

/// Prefix (lower case) → its files.
using Groups = std::map<std::string, std::vector<NamedFile>>;

Groups groupByPrefix(const std::vector<NamedFile>& named, bool segmentations) {
  Groups groups;
  for (const NamedFile& file : named) {
    if (file.segmentation == segmentations) groups[lowerCase(file.prefix)].push_back(file);
  }
  return groups;
}

/// A case folder's segmentations: the one that bears the case's prefix first.
std::vector<NamedFile> rankedSegmentations(const std::vector<NamedFile>& named,
                                           const std::string& prefix) {
  std::vector<NamedFile> ranked;
  std::copy_if(named.begin(), named.end(), std::back_inserter(ranked),
               [](const NamedFile& file) { return file.segmentation; });
  std::stable_partition(ranked.begin(), ranked.end(),
                        [&](const NamedFile& file) { return lowerCase(file.prefix) == prefix; });
  return ranked;
}

CaseFiles folderCase(const Listing& listing, const Groups::value_type& group,
                     const fs::path& folder) {
  CaseFiles files = caseOf(folder.filename().string(), group.second,
                           rankedSegmentations(listing.named, group.first), folder);
  for (const NamedFile& file : listing.named) {
    if (!file.segmentation && lowerCase(file.prefix) != group.first) {
      files.warnings.push_back(file.file.filename().string() +
                               " was left aside: it bears the name of another case.");
    }
  }
  return files;
}

/// Files of different prefixes are never put together: they may be of different patients.
std::vector<CaseFiles> namedCases(const Listing& listing, const fs::path& folder) {
  const Groups groups = groupByPrefix(listing.named, false);
  if (groups.empty()) return {};
  if (!isFlatFolder(folder)) {
    const auto own = groups.find(lowerCase(folder.filename().string()));
    if (groups.size() == 1) return {folderCase(listing, *groups.begin(), folder)};
    if (own != groups.end()) return {folderCase(listing, *own, folder)};
  }
  const Groups segmentations = groupByPrefix(listing.named, true);
  std::vector<CaseFiles> cases;
  for (const auto& [prefix, group] : groups) {
    const auto own = segmentations.find(prefix);
    cases.push_back(caseOf(group.front().prefix, group,
                           own == segmentations.end() ? std::vector<NamedFile>{} : own->second,
                           folder));
  }
  return cases;
}

int componentsOf(const fs::path& file) {
  try {
    return readHeader(file).components;
  } catch (const Error&) {
    return 0;
  }
}

std::vector<CaseFiles> fourDCases(const Listing& listing, const fs::path& folder) {
  const auto count = static_cast<int>(ModalitySchema::brats().size());
  const Groups segmentations = groupByPrefix(listing.named, true);
  std::vector<CaseFiles> cases;
  for (const fs::path& file : listing.unnamed) {
    if (componentsOf(file) != count) continue;
    cases.push_back(fourDCase(file));
    const auto own = segmentations.find(lowerCase(cases.back().id));
    if (own != segmentations.end()) cases.back().segmentation = own->second.front().file;
    if (!cases.back().segmentation) {
      cases.back().segmentation = labelsBeside(folder, cases.back().id);
    }
  }
  return cases;
}

/// A folder with images of which none is known as a modality.
std::vector<CaseFiles> strangeCase(const Listing& listing, const fs::path& folder) {
  if (listing.named.empty() && listing.unnamed.empty()) return {};
  CaseFiles files = emptyCase(folder.filename().string(), folder);
  const auto ranked = rankedSegmentations(listing.named, lowerCase(files.id));
  if (!ranked.empty()) files.segmentation = ranked.front().file;
  if (!listing.unnamed.empty()) {
    files.problem = "No file's name names a modality, such as " +
                    listing.unnamed.front().filename().string() +
                    "; expected names like <case>_t1.nii.gz, <case>-t1n.nii.gz or "
                    "<case>_0000.nii.gz.";
  }
  return {files};
}

std::vector<CaseFiles> casesBelow(const fs::path& folder, int depth) {
  const Listing listing = list(folder);
  std::vector<CaseFiles> cases = namedCases(listing, folder);
  if (!cases.empty()) return cases;
  for (const fs::path& sub : listing.folders) {
    if (depth >= kDeepest || isLabelFolder(sub)) continue;
    auto below = casesBelow(sub, depth + 1);
    std::move(below.begin(), below.end(), std::back_inserter(cases));
  }
  if (cases.empty()) cases = fourDCases(listing, folder);
  if (cases.empty()) cases = strangeCase(listing, folder);
  return cases;
}

}  // namespace

std::vector<CaseFiles> findCases(const fs::path& folder) {
  std::vector<CaseFiles> cases = casesBelow(folder, 0);
  std::stable_sort(cases.begin(), cases.end(),
                   [](const CaseFiles& a, const CaseFiles& b) { return a.id < b.id; });
  return cases;
}

CaseFiles fourDCase(const fs::path& file) {
  const std::size_t count = ModalitySchema::brats().size();
  const int components = readHeader(file).components;
  if (components != static_cast<int>(count)) {
    throw Error(file.string() + " holds " + std::to_string(components) +
                " image(s); a file that is a case by itself holds four (4D): FLAIR, T1, T1ce, T2.");
  }
  CaseFiles files = emptyCase(niftiStem(file), file);
  files.scheme = NamingScheme::Msd;
  const ChannelOrder order = statedChannelOrder(file.parent_path()).value_or(msdChannelOrder());
  for (std::size_t channel = 0; channel < count; ++channel) {
    files.modalities[order[channel].index()] =
        CaseFiles::Source{file, static_cast<int>(channel), true};
  }
  files.segmentation = labelsBeside(file.parent_path(), files.id);
  return files;
}

}  // namespace modascope
