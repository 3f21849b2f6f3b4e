#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/cohort/layout/case_files.h"

namespace modascope {

// What a case takes of the files in its folder, and what it says of those that it leaves.

/// Prefix (lower case) → its files.
using FileGroups = std::map<std::string, std::vector<NamedFile>>;
FileGroups groupByPrefix(const std::vector<NamedFile>& named, bool segmentations);

/// Of two files for one modality of the schema the first is taken.
void takeModality(CaseFiles& files, ModalityId modality, const std::filesystem::path& file,
                  const ModalitySchema& schema);

/// A case folder's segmentations: those that bear the case's prefix (lower case) first.
std::vector<NamedFile> rankedSegmentations(const std::vector<NamedFile>& named,
                                           const std::string& prefix);

/// The first of `ranked`, else labelsTr/<id>.nii.gz beside imagesTr. One that bears another name
/// than the case, whose files begin with `prefix`, is taken with a warning.
void takeSegmentation(CaseFiles& files, const std::vector<NamedFile>& ranked,
                      const std::string& prefix);

/// labelsTr/<id>.nii.gz beside imagesTr, if it is there.
std::optional<std::filesystem::path> labelsBeside(const std::filesystem::path& imagesFolder,
                                                  const std::string& id);

}  // namespace modascope
