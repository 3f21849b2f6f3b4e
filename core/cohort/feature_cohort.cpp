#include "core/cohort/feature_cohort.h"

#include <algorithm>
#include <utility>

#include "core/featurefile/feature_file.h"
#include "core/problem/split_file.h"

namespace modascope {
namespace {

CaseInfo sampleOf(const FeatureFileInfo& info, std::size_t split, std::size_t row) {
  CaseInfo sample;
  sample.id = info.splits[split].ids[row];
  for (const ModalityId id : info.problem.schema.ids()) {
    const bool present = (info.available[split][row] >> id.index() & 1u) != 0;
    sample.modalities.push_back({present ? Presence::Present : Presence::Absent,
                                 present ? info.file : std::filesystem::path(),
                                 static_cast<int>(row)});
  }
  sample.segmentationPresence = Presence::Present;
  sample.segmentation = info.file;
  if (info.available[split][row] == 0) {
    sample.verdict = Verdict::Excluded;
    sample.notes.push_back("It has none of the modalities.");
  } else if (info.splits[split].unlabelled.contains(row)) {
    sample.verdict = Verdict::Excluded;
    sample.notes.push_back("Its label is not a finite number.");
  }
  return sample;
}

/// The file itself, or the files of a folder of sequences.
std::vector<std::filesystem::path> filesAt(const std::filesystem::path& place) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(place, ignored), end; at != end; at.increment(ignored))
    if (at->is_regular_file(ignored)) files.push_back(at->path());
  std::sort(files.begin(), files.end());
  return files.empty() ? std::vector<fs::path>{place} : files;
}

}  // namespace

Cohort featureCohort(const std::filesystem::path& file, std::stop_token stop) {
  const FeatureFileInfo info = inspectFeatures(file, std::move(stop));
  Cohort cohort(info.problem);
  cohort.folder = file;
  cohort.notes = info.notes;
  cohort.commonFiles = filesAt(file);
  std::vector<std::string> said;
  std::error_code ignored;
  const bool sequences = std::filesystem::is_directory(file, ignored);
  cohort.splitsByHash = sequences && statedParts(file, said).empty();
  cohort.splits.emplace();
  for (std::size_t s = 0; s < info.splits.size(); ++s)
    for (std::size_t row = 0; row < info.splits[s].size(); ++row) {
      cohort.cases.push_back(sampleOf(info, s, row));
      (*cohort.splits)[info.splits[s].name].push_back(cohort.cases.back().id);
    }
  std::sort(cohort.cases.begin(), cohort.cases.end(),
            [](const CaseInfo& a, const CaseInfo& b) { return a.id < b.id; });
  return cohort;
}

}  // namespace modascope
