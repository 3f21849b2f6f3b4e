#include "core/cohort/layout/bids.h"

#include "core/base/lower_case.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

std::string nameOf(const fs::path& folder) {
  return folder.filename().string();
}

}  // namespace

bool isSessionFolder(const fs::path& folder) {
  return lowerCase(nameOf(folder)).starts_with("ses-") &&
         lowerCase(nameOf(folder.parent_path())).starts_with("sub-");
}

bool isAnatomyFolder(const fs::path& folder) {
  return lowerCase(nameOf(folder)) == "anat";
}

std::string caseIdOf(const fs::path& folder, const std::string& prefix) {
  const bool anatomy = isAnatomyFolder(folder);
  const fs::path place = anatomy ? folder.parent_path() : folder;
  if (isSessionFolder(place)) return nameOf(place.parent_path()) + "_" + nameOf(place);
  return anatomy && !prefix.empty() ? prefix : nameOf(folder);
}

}  // namespace modascope
