#include "core/cohort/opening.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/cohort/case_inspection.h"
#include "core/cohort/feature_cohort.h"
#include "core/cohort/image_cohort.h"
#include "core/cohort/layout/layout.h"
#include "core/cohort/layout/stated_layout.h"
#include "core/cohort/splits/splits.h"
#include "core/cohort/voxel_look.h"
#include "core/featurefile/csd_folder.h"
#include "core/featurefile/feature_file.h"
#include "core/files/leftover_files.h"
#include "core/files/paths.h"
#include "core/hdf5/hdf5_file.h"
#include "core/imagefolder/modality_folders.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// Absolute, without "." and a slash at the end, so that the last part is a name.
fs::path namedPath(const fs::path& path) {
  fs::path named = absolutePath(path).lexically_normal();
  return named.has_filename() ? named : named.parent_path();
}

/// HDF5, or a folder of sequences (.csd).
bool isFeatureFile(const fs::path& path) {
  if (isFile(path)) return isHdf5Name(path) || isHdf5(path);
  const auto files = entriesOf(path);
  return std::any_of(files.begin(), files.end(), [](const fs::path& file) {
    return isSequenceName(file) && !isLeftover(file);
  });
}

std::vector<CaseFiles> statedFilesAt(const fs::path& path, const ProblemFile& said) {
  std::vector<CaseFiles> files = findStatedCases(path, said);
  if (!files.empty()) return files;
  throw Error(path.string() + " holds no case: " + inQuotes(said.file) +
              " expects files such as <case>_" + said.problem.schema.key(ModalityId(0)) +
              ".nii.gz.");
}

/// What a problem.toml says, in the folder or above it.
std::optional<ProblemFile> problemFileAt(const fs::path& path) {
  return isFolder(path) ? problemFileFor(path) : std::nullopt;
}

/// Of volumes: BraTS where nothing is said.
Problem problemOf(const std::optional<ProblemFile>& said) {
  return said ? said->problem : bratsProblem();
}

std::vector<CaseFiles> filesAt(const fs::path& path, const std::optional<ProblemFile>& said) {
  if (said) return statedFilesAt(path, *said);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) throw Error(path.string() + " does not exist.");
  if (!fs::is_directory(path, ignored)) return {fourDCase(path)};
  std::vector<CaseFiles> files = findCases(path);
  if (files.empty()) {
    refusePreparedVolumes(path);
    if (holdsPictures(path)) imageCohort(path);  // says what is wrong with them
    throw Error(path.string() +
                " holds no case: expected a folder of case folders with files such as "
                "<case>_t1.nii.gz, <case>-t1n.nii.gz or <case>_0000.nii.gz, or of pictures in "
                "folders such as rgb, depth and label.");
  }
  return files;
}

/// Two cases of one name cannot be told apart in splits and tables: neither is used.
void excludeDuplicates(const std::vector<CaseFiles>& files, std::vector<CaseInfo>& cases) {
  std::map<std::string, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < files.size(); ++i) places[files[i].id].push_back(i);
  for (const auto& [id, indices] : places) {
    if (indices.size() < 2) continue;
    for (const std::size_t index : indices) {
      const std::size_t other = index == indices.front() ? indices.back() : indices.front();
      cases[index].verdict = Verdict::Excluded;
      cases[index].notes.push_back("Two cases bear this name: " + files[index].place.string() +
                                   " and " + files[other].place.string() + ".");
    }
  }
}

}  // namespace

Task taskOf(const fs::path& path) {
  const fs::path place = namedPath(path);
  if (isFeatureFile(place)) return inspectFeatures(place).problem.task;
  return isImageFolder(place) ? Task::Segmentation2d : Task::Segmentation3d;
}

Cohort openCohort(const fs::path& path, Depth depth) {
  const fs::path place = namedPath(path);
  if (isFeatureFile(place)) return featureCohort(place);
  if (isImageFolder(place)) return imageCohort(place);
  const auto said = problemFileAt(place);
  Cohort cohort(problemOf(said));
  cohort.folder = place;
  if (said) cohort.commonFiles = {said->file};
  const std::vector<CaseFiles> files = filesAt(place, said);
  std::transform(files.begin(), files.end(), std::back_inserter(cohort.cases),
                 [](const CaseFiles& one) { return inspect(one); });
  excludeDuplicates(files, cohort.cases);
  if (depth == Depth::Voxels)
    for (CaseInfo& info : cohort.cases) info = lookAtVoxels(info);
  std::error_code ignored;
  if (fs::is_directory(place, ignored)) takeSplits(cohort);
  return cohort;
}

Cohort openCohortUntil(const fs::path& path, std::stop_token stop) {
  const fs::path place = namedPath(path);
  return isFeatureFile(place) ? featureCohort(place, std::move(stop)) : openCohort(place);
}

Problem volumeProblemAt(const fs::path& path) {
  return problemOf(problemFileAt(namedPath(path)));
}

CaseInfo openCase(const fs::path& path, Depth depth) {
  const fs::path place = namedPath(path);
  const std::vector<CaseFiles> files = filesAt(place, problemFileAt(place));
  if (files.size() != 1) {
    throw Error(place.string() + " holds " + std::to_string(files.size()) +
                " cases; expected one: name its folder.");
  }
  const CaseInfo info = inspect(files.front());
  return depth == Depth::Voxels ? lookAtVoxels(info) : info;
}

}  // namespace modascope
