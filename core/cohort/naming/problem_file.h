#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/problem/problem.h"

namespace modascope {

/// What the names of a cohort's files mean where a problem.toml says it: the last word of a name,
/// behind "_" or "-" ("adc"), or an end of any kind (".dwi-b800"). Lower case.
struct FileEnds {
  std::vector<std::string> words;
  std::vector<std::string> suffixes;
};

/// A cohort's own modalities, labels and regions, from the file problem.toml beside its cases; the
/// manual's page on data describes it.
struct ProblemFile {
  std::filesystem::path file;
  Problem problem;
  std::vector<FileEnds> modalities;  ///< of each modality
  FileEnds segmentation;
  double longestMm = 2500;  ///< of an image, along an axis
};

/// Throws `Error`, naming file and line, at what is not understood or cannot be meant.
ProblemFile readProblemFile(const std::filesystem::path& toml);
/// How many folders below a problem.toml its cases may lie: centre/patient/session.
inline constexpr int kFoldersBelow = 3;
/// That of a folder, or of the nearest that it lies below; nothing where there is none.
std::optional<ProblemFile> problemFileFor(const std::filesystem::path& folder);

/// What stands before the longest of the ends that the name of a file (without .nii.gz) has, and
/// the modality that it means, or the segmentation.
struct MeantFile {
  std::string prefix;
  std::optional<ModalityId> modality;  ///< else the segmentation
};
std::optional<MeantFile> meaningOf(const std::string& stem, const ProblemFile& said);

}  // namespace modascope
