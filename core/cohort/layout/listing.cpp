#include "core/cohort/layout/listing.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/files/leftover_files.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// A file of several images is a case by itself, whatever number ends its name.
bool holdsSeveral(const fs::path& file) {
  try {
    return readHeader(file).components > 1;
  } catch (const Error&) {
    return false;
  }
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
  std::error_code problem;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem)) {
    if (!isLeftover(it->path())) entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// A name that can be split in two ways is split as its neighbours' names are.
void settlePrefixes(std::vector<NamedFile>& named) {
  std::set<std::string> prefixes;
  for (const NamedFile& file : named) prefixes.insert(lowerCase(file.prefix));
  for (NamedFile& file : named)
    if (!file.longerPrefix.empty() && prefixes.contains(lowerCase(file.longerPrefix)))
      file.prefix = file.longerPrefix;
}

}  // namespace

std::vector<fs::path> Listing::notUnderstood() const {
  std::vector<fs::path> all = unnamed;
  all.insert(all.end(), foreign.begin(), foreign.end());
  return all;
}

std::vector<fs::path> Listing::volumes() const {
  std::vector<fs::path> all;
  for (const NamedFile& file : named) all.push_back(file.file);
  const auto rest = notUnderstood();
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

Listing list(const fs::path& folder, const Naming& naming) {
  Listing listing;
  for (const fs::path& entry : entriesOf(folder)) {
    std::error_code ignored;
    if (fs::is_directory(entry, ignored)) {  // a broken link is a file: it must not look absent
      listing.folders.push_back(entry);
      continue;
    }
    const auto named = naming(entry);
    if (named && !(named->channel && holdsSeveral(entry)))
      listing.named.push_back(*named);
    else if (isNiftiName(entry))
      listing.unnamed.push_back(entry);
    else if (isVolumeName(entry))
      listing.foreign.push_back(entry);
  }
  settlePrefixes(listing.named);
  return listing;
}

bool isLabelFolder(const fs::path& folder) {
  return lowerCase(folder.filename().string()).starts_with("labels");
}

bool isFlatFolder(const fs::path& folder) {
  return lowerCase(folder.filename().string()).starts_with("images");
}

fs::path labelFolderOf(const fs::path& imagesFolder) {
  if (!isFlatFolder(imagesFolder)) return {};
  const std::string name = imagesFolder.filename().string();
  return imagesFolder.parent_path() / ("labels" + name.substr(6));
}

}  // namespace modascope
