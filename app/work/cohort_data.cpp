#include "app/work/cohort_data.h"

#include <unordered_map>

#include "core/base/error.h"
#include "core/base/fingerprint.h"
#include "core/cohort/opening.h"
#include "core/data/open_cases.h"
#include "core/problem/task_facts.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

/// Calls `use` for each id, with a null pointer where no case is called so.
template <typename Use>
void useEach(const Cohort& cohort, const std::vector<std::string>& ids, Use use) {
  std::unordered_map<std::string_view, const CaseInfo*> places;
  for (const CaseInfo& info : cohort.cases) places.emplace(info.id, &info);
  for (const std::string& id : ids) {
    const auto place = places.find(id);
    use(id, place == places.end() ? nullptr : place->second);
  }
}

/// Of a split, if there is such.
template <typename Use>
void forEachOf(const CohortData& data, const std::string& split, Use use) {
  const auto ids = data.splits.find(split);
  if (ids == data.splits.end()) return;
  useEach(data.cohort, ids->second, use);
}

std::string reasonOf(const CaseInfo& excluded) {
  return excluded.notes.empty() ? "no reason given" : excluded.notes.back();
}

std::string whyNot(const Cohort& cohort, const CaseInfo& info) {
  return info.usable() ? std::string("It has no ") + factsOf(cohort.problem.task).truthWord + "."
                       : reasonOf(info);
}

bool holdsTrainingCasesOf(const RunManifest& run, CohortData data) {
  data.splits = run.splits;
  return run.splits.contains("train") &&
         fingerprintOf(data.labelledByName("train")) == run.dataLayout;
}

void requireFits(const RunManifest& run, const Cohort& cohort) {
  try {
    run.requireProblem(cohort.problem);
  } catch (const Error& error) {
    throw Error(inQuotes(cohort.folder) + " does not fit the run: " + error.what());
  }
}

/// "auto" is what the data itself says.
void setTask(Cohort& cohort, const std::string& wanted) {
  if (wanted == "auto") return;
  const auto problem = askedFor(cohort.problem, taskFrom(wanted));
  if (!problem)
    throw Error("data.task is " + wanted + "; " + inQuotes(cohort.folder) + " is for " +
                std::string(keyOf(cohort.problem.task)) + ".");
  cohort.problem = *problem;
}

CohortData withoutSplits(const fs::path& data, const std::string& task,
                         const std::stop_token& stop) {
  Cohort cohort = openCohortUntil(data, stop);
  setTask(cohort, task);
  CohortData all(std::move(cohort), stop);
  all.notes = all.cohort.notes;
  noteExcluded(all.cohort.cases, all.notes);
  for (const std::string& note : all.source->notes()) all.notes.push_back(note);
  return all;
}

CohortData openSplit(const fs::path& data, std::uint64_t seed, const std::string& task,
                     const std::stop_token& stop, const PatientRule& patients = PatientRule()) {
  CohortData all = withoutSplits(data, task, stop);
  all.splits = splitsOf(all.cohort, seed, all.notes, patients);
  return all;
}

}  // namespace

CohortData::CohortData(Cohort from, const std::stop_token& stop)
    : cohort(std::move(from)), source(openCases(cohort, stop)) {}

std::vector<CaseInfo> CohortData::labelled(const std::string& split) const {
  if (!splits.contains(split)) {
    std::string names;
    for (const auto& [name, members] : splits) names += (names.empty() ? "" : ", ") + name;
    throw Error("There is no split '" + split + "' in " + cohort.folder.string() + "; there is " +
                names + ".");
  }
  const std::string noun(factsOf(cohort.problem.task).caseWord);
  forEachOf(*this, split, [&](const std::string& id, const CaseInfo* info) {
    if (info == nullptr)
      throw Error("Split '" + split + "' names " + noun + ' ' + id + ", which is not in " +
                  cohort.folder.string() + ".");
  });
  std::vector<CaseInfo> cases = usable(split);
  if (!cases.empty()) return cases;
  const auto without = leftOut(split);
  throw Error("Split '" + split + "' of " + cohort.folder.string() + " holds no usable " + noun +
              " whose " + factsOf(cohort.problem.task).truthWord + " is known." +
              (without.empty() ? ""
                               : " The first of " + std::to_string(without.size()) + ", " +
                                     without.front().caseId + ": " + without.front().reason));
}

bool CohortData::isScorable(const std::string& split) const {
  try {
    return splits.contains(split) && !labelled(split).empty();
  } catch (const Error&) {
    return false;
  }
}

std::vector<CaseInfo> CohortData::usable(const std::string& split) const {
  std::vector<CaseInfo> cases;
  forEachOf(*this, split, [&](const std::string&, const CaseInfo* info) {
    if (info != nullptr && info->labelled()) cases.push_back(*info);
  });
  return cases;
}

std::vector<CaseInfo> CohortData::labelledByName(const std::string& split) const {
  std::vector<CaseInfo> cases;
  forEachOf(*this, split, [&](const std::string& id, const CaseInfo* info) {
    if (info == nullptr || info->segmentationPresence == Presence::Absent) return;
    if (info->labelled() || excludedByLook.contains(id)) cases.push_back(*info);
  });
  return cases;
}

std::vector<LeftOut> CohortData::leftOut(const std::string& split) const {
  std::vector<LeftOut> without;
  std::set<std::string> said;
  const auto add = [&](const std::string& id, const CaseInfo* info) {
    if (info != nullptr && info->labelled()) return;
    if (!said.insert(id).second) return;
    without.push_back({id, split, info == nullptr ? "It is not there." : whyNot(cohort, *info)});
  };
  forEachOf(*this, split, add);
  // What headers told was taken out of the split when it was made.
  if (cohort.splits && cohort.splits->contains(split))
    useEach(cohort, cohort.splits->at(split), add);
  return without;
}

CohortData openCohortData(const fs::path& data, std::uint64_t seed, const std::stop_token& stop) {
  return openSplit(data, seed, "auto", stop);
}

CohortData openCohortData(const fs::path& data, const RunConfig& config,
                          const std::stop_token& stop) {
  const Folds folds{config.data.folds, config.data.fold};
  const PatientRule patients(config.data.patient);
  if (folds == Folds{})
    return openSplit(data, static_cast<std::uint64_t>(config.train.seed), config.data.task, stop,
                     patients);
  CohortData all = withoutSplits(data, config.data.task, stop);
  all.splits = foldSplits(all.cohort, folds, all.notes, patients);
  return all;
}

CohortData openCohortData(const fs::path& data, const RunManifest& run,
                          const std::stop_token& stop) {
  CohortData all = openSplit(data, run.seed, "auto", stop);
  if (all.cohort.problem.task != run.problem.task && askedFor(all.cohort.problem, run.problem.task))
    all = openSplit(data, run.seed, std::string(keyOf(run.problem.task)), stop);
  requireFits(run, all.cohort);
  std::error_code ignored;
  all.splitsOfRun = fs::equivalent(data, run.data, ignored) || holdsTrainingCasesOf(run, all);
  if (all.splitsOfRun) all.splits = run.splits;
  return all;
}

void readOnce(const CohortData& data) {
  std::vector<CaseInfo> usable;
  for (const CaseInfo& info : data.cohort.cases)
    if (info.usable()) usable.push_back(info);
  data.source->fit(usable);
}

void noteExcluded(const std::vector<CaseInfo>& cases, std::vector<std::string>& notes) {
  constexpr std::size_t kNamed = 10;
  std::size_t excluded = 0;
  for (const CaseInfo& info : cases) {
    if (info.usable() || ++excluded > kNamed) continue;
    notes.push_back(info.id + " is left out: " + reasonOf(info));
  }
  if (excluded > kNamed) notes.push_back(std::to_string(excluded - kNamed) + " more are left out.");
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
