#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/cohort/naming/naming.h"
#include "core/problem/regions/region.h"

namespace modascope {

/// What a problem.toml says of a case.
struct StatedCase {
  RegionSchema regions;
  double longestMm = 0;  ///< of an image, along an axis
};

/// Why a volume in another format is passed over.
inline constexpr const char* kOtherFormat = "only .nii and .nii.gz files are read";

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
  std::optional<StatedCase> stated = {};      ///< by a problem.toml
  std::vector<std::string> remarks;           ///< worth knowing
  std::vector<std::string> warnings;          ///< worth a look
  std::string problem;                        ///< why it is no case; empty if it is one
};

/// A case of which no file is known.
CaseFiles emptyCase(std::string id, const std::filesystem::path& place);

}  // namespace modascope
