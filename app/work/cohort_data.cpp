#include "app/work/cohort_data.h"

#include "core/base/error.h"
#include "core/base/fingerprint.h"
#include "core/base/words.h"
#include "core/data/sample_source.h"
#include "core/problem/case_words.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

bool isLabelled(const CaseInfo& info) {
  return info.usable() && info.segmentationPresence == Presence::Present;
}

bool holdsTrainingCasesOf(const RunManifest& run, const Cohort& cohort) {
  const auto train = run.splits.find("train");
  if (train == run.splits.end()) return false;
  std::vector<CaseInfo> cases;
  for (const std::string& id : train->second)
    if (const CaseInfo* info = cohort.find(id); info != nullptr && isLabelled(*info))
      cases.push_back(*info);
  return fingerprintOf(cases) == run.dataFingerprint;
}

void requireFits(const RunManifest& run, const Cohort& cohort) {
  try {
    run.requireProblem(cohort.problem());
  } catch (const Error& error) {
    throw Error(inQuotes(cohort.folder) + " does not fit the run: " + error.what());
  }
}

/// "auto" is what the data itself says.
void setTask(Cohort& cohort, const std::string& wanted) {
  if (wanted == "auto" || wanted == keyOf(cohort.task)) return;
  if (cohort.task != Task::Classification || wanted != keyOf(Task::Regression))
    throw Error("data.task is " + wanted + "; " + inQuotes(cohort.folder) + " is for " +
                std::string(keyOf(cohort.task)) + ".");
  cohort.task = Task::Regression;
  cohort.outputs = {"value"};
}

/// The first few by name and reason: there may be thousands.
void noteExcluded(const std::vector<CaseInfo>& cases, std::vector<std::string>& notes) {
  constexpr std::size_t kNamed = 10;
  std::size_t excluded = 0;
  for (const CaseInfo& info : cases) {
    if (info.usable() || ++excluded > kNamed) continue;
    notes.push_back(
        info.id + " is left out: " + (info.notes.empty() ? "no reason given" : info.notes.back()));
  }
  if (excluded > kNamed) notes.push_back(std::to_string(excluded - kNamed) + " more are left out.");
}

/// Of cases that take part: what a user should look at, such as a file that was passed over.
void noteWarned(const std::vector<CaseInfo>& cases, std::vector<std::string>& notes) {
  constexpr std::size_t kNamed = 10;
  std::size_t warned = 0;
  for (const CaseInfo& info : cases)
    if (info.verdict == Verdict::Warn && !info.notes.empty() && ++warned <= kNamed)
      notes.push_back(info.id + ": " + joined(info.notes, " "));
  if (warned > kNamed)
    notes.push_back(std::to_string(warned - kNamed) +
                    " more have notes; `modascope check` says which.");
}

CohortData withoutSplits(const fs::path& data, const std::string& task) {
  CohortData all{openCohort(data), {}, {}};
  setTask(all.cohort, task);
  if (all.cohort.task != Task::Segmentation3d) all.samples = openSamples(all.cohort);
  all.notes = all.cohort.notes;
  if (all.samples != nullptr)
    for (const std::string& note : all.samples->notes()) all.notes.push_back(note);
  noteExcluded(all.cohort.cases, all.notes);
  if (all.samples == nullptr) noteWarned(all.cohort.cases, all.notes);
  return all;
}

CohortData openSplit(const fs::path& data, std::uint64_t seed, const std::string& task,
                     const PatientRule& patients = PatientRule()) {
  CohortData all = withoutSplits(data, task);
  all.splits = splitsOf(all.cohort, seed, all.notes, patients);
  return all;
}

}  // namespace

std::vector<CaseInfo> CohortData::labelled(const std::string& split) const {
  const auto ids = splits.find(split);
  if (ids == splits.end()) {
    std::string names;
    for (const auto& [name, members] : splits) names += (names.empty() ? "" : ", ") + name;
    throw Error("There is no split '" + split + "' in " + cohort.folder.string() + "; there is " +
                names + ".");
  }
  const std::string noun(caseWord(cohort.task));
  std::vector<CaseInfo> cases;
  for (const std::string& id : ids->second) {
    const CaseInfo* info = cohort.find(id);
    if (info == nullptr)
      throw Error("Split '" + split + "' names " + noun + ' ' + id + ", which is not in " +
                  cohort.folder.string() + ".");
    if (isLabelled(*info)) cases.push_back(*info);
  }
  if (cases.empty())
    throw Error("Split '" + split + "' of " + cohort.folder.string() + " holds no usable " + noun +
                " whose " + truthWord(cohort.task) + " is known.");
  return cases;
}

CohortData openCohortData(const fs::path& data, std::uint64_t seed) {
  return openSplit(data, seed, "auto");
}

CohortData openCohortData(const fs::path& data, const RunConfig& config) {
  const Folds folds{config.data.folds, config.data.fold};
  const PatientRule patients(config.data.patient);
  if (folds == Folds{})
    return openSplit(data, static_cast<std::uint64_t>(config.train.seed), config.data.task,
                     patients);
  CohortData all = withoutSplits(data, config.data.task);
  all.splits = foldSplits(all.cohort, folds, all.notes, patients);
  return all;
}

CohortData openCohortData(const fs::path& data, const RunManifest& run) {
  CohortData all = openSplit(data, run.seed, "auto");
  if (all.cohort.task == Task::Classification && run.task == Task::Regression)
    all = openSplit(data, run.seed, std::string(keyOf(run.task)));
  requireFits(run, all.cohort);
  std::error_code ignored;
  all.splitsOfRun =
      fs::equivalent(data, run.data, ignored) || holdsTrainingCasesOf(run, all.cohort);
  if (all.splitsOfRun) all.splits = run.splits;
  return all;
}

void readSamples(const CohortData& data) {
  std::vector<CaseInfo> usable;
  for (const CaseInfo& info : data.cohort.cases)
    if (info.usable()) usable.push_back(info);
  data.samples->fit(usable);
}

std::string fingerprintOf(const std::vector<CaseInfo>& cases) {
  std::string facts;
  const auto add = [&](const fs::path& file) {
    std::error_code unknown;
    const auto size = fs::file_size(file, unknown);
    if (!unknown) facts += file.filename().string() + ':' + std::to_string(size) + '\n';
  };
  for (const CaseInfo& info : cases) {
    facts += info.id + '\n';
    for (const ModalityFile& modality : info.modalities) add(modality.file);
    add(info.segmentation);
  }
  return toHex(fnv1a(facts));
}

}  // namespace modascope
