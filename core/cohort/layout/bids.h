#pragma once

#include <filesystem>
#include <string>

namespace modascope {

// BIDS keeps a patient in sub-01/anat, or each of several sessions in sub-01/ses-01/anat; other
// kinds of images lie in folders beside "anat".

/// ses-… inside sub-…
bool isSessionFolder(const std::filesystem::path& folder);
bool isAnatomyFolder(const std::filesystem::path& folder);

/// The name of a case whose files lie in `folder` and begin with `prefix`: that of the folder; in a
/// session "sub-01_ses-01"; in an "anat" without sessions the prefix.
std::string caseIdOf(const std::filesystem::path& folder, const std::string& prefix);

}  // namespace modascope
