#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/cohort/naming/naming.h"

namespace modascope {

/// The files of one case, by their names; nothing has been opened but 4D candidates.
struct CaseFiles {
  std::string id;
  std::filesystem::path place;  ///< the folder or the 4D file
  NamingScheme scheme = NamingScheme::Brats2021;
  struct Source {
    std::filesystem::path file;
    int component = 0;
    bool inFourD = false;
  };
  std::vector<std::optional<Source>> modalities;  ///< one per modality of the schema
  std::optional<std::filesystem::path> segmentation;
  std::optional<LabelProfile> statedProfile;  ///< by a dataset.json
  std::vector<std::string> remarks;           ///< worth knowing
  std::vector<std::string> warnings;          ///< worth a look
  std::string problem;                        ///< why it is no case; empty if it is one
};

/// A case of which no file is known.
CaseFiles emptyCase(std::string id, const std::filesystem::path& place);

/// The cases below a folder, sorted by id: the folder's own files if they name modalities, else the
/// cases of its subfolders (two levels deep, as in HGG/<case>; sessions of BIDS are no level of
/// their own), else its 4D files. Folders named imagesTr or imagesTs hold many cases, their labels
/// lie in labelsTr or labelsTs beside them. A dataset.json decides what numbered channels and
/// labels mean. Volumes that no case takes are named in the case that they lie beside, or are cases
/// with a problem.
std::vector<CaseFiles> findCases(const std::filesystem::path& folder);

/// A 4D file as a case. Throws `Error` when it has not one image per channel that is known.
CaseFiles fourDCase(const std::filesystem::path& file);

}  // namespace modascope
