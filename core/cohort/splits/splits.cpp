#include "core/cohort/splits/splits.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/fingerprint.h"
#include "core/base/seed.h"
#include "core/cohort/splits/split_entries.h"
#include "core/cohort/splits/split_notes.h"
#include "core/problem/split_file.h"
#include "core/problem/split_lists.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

/// Training and validation need a segmentation; other parts may be for prediction only.
bool fits(const CaseInfo& info, const std::string& split) {
  return split == "train" || split == "valid" ? info.labelled() : info.usable();
}

std::vector<std::string> usableIds(const Cohort& cohort, const std::string& split,
                                   const std::vector<std::string>& ids,
                                   std::vector<std::string>& notes) {
  std::vector<std::string> kept, missing, unfit;
  for (const std::string& id : ids) {
    const CaseInfo* info = cohort.find(id);
    (info == nullptr ? missing : fits(*info, split) ? kept : unfit).push_back(id);
  }
  const std::string name = "The split \"" + split + "\"";
  const std::string nouns(factsOf(cohort.problem.task).casesWord);
  if (!missing.empty()) {
    notes.push_back(name + " names " + nouns + " that are not here: " + firstOf(missing) + ".");
  }
  if (!unfit.empty()) {
    notes.push_back(name + " names " + nouns + " that cannot be used (excluded, or no " +
                    factsOf(cohort.problem.task).truthWord + "): " + firstOf(unfit) + ".");
  }
  return kept;
}

Splits statedSplits(const Cohort& cohort, const Splits& stated, std::vector<std::string>& notes) {
  Splits splits;
  for (const auto& [name, ids] : stated) {
    std::vector<std::string> usable = usableIds(cohort, name, ids, notes);
    if (usable.empty() && name != "train")
      notes.push_back("The split \"" + name + "\" holds nothing; it is passed over.");
    else
      splits[name] = std::move(usable);
  }
  const bool any = std::any_of(splits.begin(), splits.end(),
                               [](const auto& split) { return !split.second.empty(); });
  if (!any) {
    const std::string source = cohort.splitSource.empty() ? "split.json" : cohort.splitSource;
    throw Error((cohort.folder / source).string() + " names no " +
                factsOf(cohort.problem.task).caseWord + " that is here and usable.");
  }
  return splits;
}

/// Sorted, as cases are.
std::vector<std::string> trainableIds(const Cohort& cohort) {
  std::vector<std::string> ids;
  for (const CaseInfo& info : cohort.cases) {
    if (info.labelled()) ids.push_back(info.id);
  }
  if (ids.empty()) {
    throw Error(cohort.folder.string() +
                " holds no usable case with a segmentation; `modascope check` says why.");
  }
  return ids;
}

/// The cases of one patient, or of one speaker.
using Group = std::vector<std::string>;

/// In the order of their first cases.
std::vector<Group> groupsOf(const std::vector<std::string>& ids, Task task,
                            const PatientRule& patients) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> places;
  for (const std::string& id : ids) {
    const auto [at, isNew] = places.emplace(patients.patientOf(id, task), groups.size());
    if (isNew) groups.emplace_back();
    groups[at->second].push_back(id);
  }
  return groups;
}

void shuffle(std::vector<Group>& groups, std::mt19937_64 rng) {
  for (std::size_t i = groups.size() - 1; i > 0; --i)
    std::swap(groups[i], groups[below(rng, i + 1)]);
}

void append(std::vector<std::string>& ids, const Group& group) {
  ids.insert(ids.end(), group.begin(), group.end());
}

Splits madeSplits(const Cohort& cohort, std::uint64_t seed, std::vector<std::string>& notes,
                  const PatientRule& patients) {
  const std::vector<std::string> ids = trainableIds(cohort);
  if (ids.size() == 1) {
    notes.push_back("There is one case only: validation uses the case that is trained on.");
    return {{"train", ids}, {"valid", ids}};
  }
  std::vector<Group> groups = groupsOf(ids, cohort.problem.task, patients);
  if (groups.size() == 1) {
    notes.push_back("All cases are of one patient (" +
                    patients.patientOf(ids.front(), cohort.problem.task) +
                    "): validation flatters, as it uses cases of the patient that is trained on. "
                    "Where they are of several, data.patient says how their ids name them.");
    groups = groupsOf(ids, cohort.problem.task, PatientRule("case"));
  }
  shuffle(groups, Seed{seed}.stream("split"));
  const std::size_t held = std::max<std::size_t>(1, groups.size() / 5);
  Splits splits;
  for (std::size_t i = 0; i < groups.size(); ++i)
    append(splits[i < held ? "valid" : "train"], groups[i]);
  for (auto& [name, part] : splits) std::sort(part.begin(), part.end());
  return splits;
}

/// Of a cohort whose parts were made of its names: the same, patient by patient.
Splits hashedByPatient(const Cohort& cohort, const PatientRule& patients) {
  std::map<std::string, Group> groups;
  for (const auto& [name, ids] : *cohort.splits)
    for (const std::string& id : ids)
      groups[patients.patientOf(id, cohort.problem.task)].push_back(id);
  std::vector<std::string> names;
  for (const auto& [patient, ids] : groups) names.push_back(patient);
  const auto parts = hashedSplit(names);
  Splits splits;
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (const std::string& patient : parts[i])
      append(splits[i == 0 ? "train" : i == 1 ? "valid" : "test"], groups[patient]);
  return splits;
}

void requireFolds(const Folds& folds, std::size_t cases, const char* noun) {
  const std::string count = std::to_string(folds.count);
  if (folds.count < 2) {
    throw Error("data.folds is " + count + " and data.fold " + std::to_string(folds.held) +
                "; cross-validation needs at least two folds, and data.fold is 0 without it.");
  }
  if (folds.held >= folds.count) {
    throw Error("data.fold is " + std::to_string(folds.held) + ", but of " + count +
                " folds the last is " + std::to_string(folds.count - 1) + ": they count from 0.");
  }
  if (cases < static_cast<std::size_t>(folds.count)) {
    throw Error("data.folds is " + count + ", but there are only " + std::to_string(cases) + " " +
                noun + " to train and validate on; lower data.folds.");
  }
}

std::vector<std::string> uniteTrainAndValid(const Splits& splits) {
  std::set<std::string> all;
  for (const char* name : {"train", "valid"}) {
    if (const auto part = splits.find(name); part != splits.end())
      all.insert(part->second.begin(), part->second.end());
  }
  return {all.begin(), all.end()};
}

/// Of those that a file lists.
const Splits& listedFold(const Cohort& cohort, const Folds& folds) {
  const std::string count = std::to_string(cohort.folds.size());
  const std::string lists = (cohort.folder / cohort.splitSource).string() + " lists " + count +
                            (cohort.folds.size() == 1 ? " fold" : " folds");
  if (folds.count != 0 && folds.count != static_cast<std::int64_t>(cohort.folds.size()))
    throw Error(lists + ", but data.folds is " + std::to_string(folds.count) +
                "; set data.folds to 0, which takes the folds that are listed, or take the file "
                "away.");
  if (folds.held >= static_cast<std::int64_t>(cohort.folds.size()))
    throw Error(lists + ", but data.fold is " + std::to_string(folds.held) +
                "; they count from 0.");
  return cohort.folds[static_cast<std::size_t>(folds.held)];
}

/// What the cohort says, with notes on what is wrong with it.
Splits checkedSplits(const Cohort& cohort, const Splits& stated, const PatientRule& patients,
                     std::vector<std::string>& notes) {
  const Splits splits = statedSplits(cohort, stated, notes);
  noteOverlaps(cohort, splits, patients, notes);
  noteUnlisted(cohort, stated, notes);
  noteWithoutValidation(cohort, splits, notes);
  return splits;
}

/// The largest first, each to the fold that has the fewest cases so far.
std::vector<std::vector<std::string>> dealt(std::vector<Group> groups, std::size_t count) {
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.size() > b.size(); });
  std::vector<std::vector<std::string>> folds(count);
  for (const Group& group : groups)
    append(*std::min_element(folds.begin(), folds.end(),
                             [](const auto& a, const auto& b) { return a.size() < b.size(); }),
           group);
  return folds;
}

/// Several of a list: a case counts once.
std::vector<std::string> idsOf(const CaseFinder& finder, const std::string& part,
                               const std::vector<std::string>& entries, Cohort& cohort) {
  std::vector<std::string> ids, repeated;
  std::set<std::string> seen;
  for (const std::string& entry : entries) {
    const std::string id = finder.idOf(entry).value_or(entry);
    if (seen.insert(id).second)
      ids.push_back(id);
    else if (std::find(repeated.begin(), repeated.end(), id) == repeated.end())
      repeated.push_back(id);
  }
  if (!repeated.empty())
    cohort.notes.push_back("The split \"" + part + "\" of " + cohort.splitSource + " names " +
                           factsOf(cohort.problem.task).casesWord +
                           " more than once; they count once: " + firstOf(repeated) + ".");
  return ids;
}

/// As of a file with one fold; nothing where no list names a case.
std::optional<SplitFile> listsAsFile(const Cohort& cohort, const CaseFinder& finder,
                                     std::vector<std::string>& notes) {
  SplitFile file{{}, {{}}, {}};
  std::vector<std::string> listNotes;
  bool any = false;
  for (const SplitList& list : splitLists(cohort.folder, listNotes)) {
    if (file.file.empty()) file.file = list.file;
    auto& part = file.folds.front()[list.name];
    part = linesOf(list.file).value_or(std::vector<std::string>{});
    any = any || std::any_of(part.begin(), part.end(), [&](const std::string& entry) {
            return finder.idOf(entry).has_value();
          });
  }
  if (!any && !file.file.empty())
    notes.push_back(file.file.filename().string() +
                    " names no case that is here; it is passed over.");
  if (!any) return std::nullopt;
  notes.insert(notes.end(), listNotes.begin(), listNotes.end());
  return file;
}

}  // namespace

void takeSplits(Cohort& cohort) {
  const CaseFinder finder(cohort);
  auto file = readSplitFile(cohort.folder);
  if (!file) file = listsAsFile(cohort, finder, cohort.notes);
  if (!file) return;
  cohort.splitSource = file->file.lexically_relative(cohort.folder).generic_string();
  cohort.notes.insert(cohort.notes.end(), file->notes.begin(), file->notes.end());
  for (const SplitFile::Parts& parts : file->folds) {
    Splits splits;
    for (const auto& [part, entries] : parts) splits[part] = idsOf(finder, part, entries, cohort);
    cohort.folds.push_back(std::move(splits));
  }
  cohort.splits = cohort.folds.front();
  if (cohort.folds.size() == 1) cohort.folds.clear();
}

Splits splitsOf(const Cohort& cohort, std::uint64_t seed, std::vector<std::string>& notes,
                const PatientRule& patients) {
  if (!cohort.splits) return madeSplits(cohort, seed, notes, patients);
  if (cohort.splitsByHash && !patients.isAuto()) return hashedByPatient(cohort, patients);
  if (!cohort.folds.empty())
    notes.push_back(cohort.splitSource + " lists " + std::to_string(cohort.folds.size()) +
                    " folds; this is the first. data.fold chooses another.");
  return checkedSplits(cohort, *cohort.splits, patients, notes);
}

Splits foldSplits(const Cohort& cohort, const Folds& folds, std::vector<std::string>& notes,
                  const PatientRule& patients) {
  if (!cohort.folds.empty())
    return checkedSplits(cohort, listedFold(cohort, folds), patients, notes);
  Splits splits = cohort.splits ? statedSplits(cohort, *cohort.splits, notes)
                                : Splits{{"train", trainableIds(cohort)}};
  const std::vector<std::string> ids = uniteTrainAndValid(splits);
  std::vector<Group> groups = groupsOf(ids, cohort.problem.task, patients);
  requireFolds(folds, groups.size(),
               groups.size() < ids.size() ? factsOf(cohort.problem.task).patientsWord
                                          : factsOf(cohort.problem.task).casesWord);
  std::uint64_t seed = kFnvStart;
  for (const std::string& id : ids) seed = fnv1a(id + '\n', seed);
  shuffle(groups, Seed{seed}.stream("folds"));
  const auto parts = dealt(std::move(groups), static_cast<std::size_t>(folds.count));
  splits["train"].clear();
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (i == static_cast<std::size_t>(folds.held))
      splits["valid"] = parts[i];
    else
      append(splits["train"], parts[i]);
  for (const char* part : {"train", "valid"}) std::sort(splits[part].begin(), splits[part].end());
  noteOverlaps(cohort, splits, patients, notes);
  return splits;
}

}  // namespace modascope
