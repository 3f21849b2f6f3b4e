#include "app/work/held_out.h"

#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/cohort/splits/split_notes.h"
#include "core/problem/split_names.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

constexpr const char* kAll = "all";

/// Tells which cases a run has seen.
class Seen {
 public:
  Seen(const TrainedRun& run, const CohortData& data)
      : run_(run), data_(data), patients_(run.config.data.patient) {
    const auto train = run.manifest.splits.find("train");
    if (train == run.manifest.splits.end()) return;
    for (const std::string& id : train->second) {
      if (!run.manifest.trainedOn(id)) continue;  // it was left out
      ids_.insert(id);
      trained_.insert(patients_.patientOf(id, run.manifest.problem.task));
    }
  }

  std::vector<std::string> in(const std::vector<CaseInfo>& cases) {
    std::vector<std::string> seen;
    for (const CaseInfo& info : cases)
      if (has(info)) seen.push_back(info.id);
    return seen;
  }

 private:
  bool has(const CaseInfo& info) {
    if (!trained_.contains(patients_.patientOf(info.id, run_.manifest.problem.task))) return false;
    return data_.splitsOfRun || !ids_.contains(info.id) || !isNamesake(info);
  }

  /// Whether the case that was trained on can be looked at, and has other files.
  bool isNamesake(const CaseInfo& info) {
    const Cohort* own = trainingCohort();
    const CaseInfo* trained = own == nullptr ? nullptr : own->find(info.id);
    return trained != nullptr && fingerprintOf({*trained}) != fingerprintOf({info});
  }

  const Cohort* trainingCohort() {
    if (!looked_) {
      looked_ = true;
      try {
        cohort_ = openCohort(run_.manifest.data);
      } catch (const Error&) {
        cohort_.reset();  // it is not here any more: names have to do
      }
    }
    return cohort_ ? &*cohort_ : nullptr;
  }

  const TrainedRun& run_;
  const CohortData& data_;
  PatientRule patients_;
  std::set<std::string> ids_, trained_;
  bool looked_ = false;
  std::optional<Cohort> cohort_;
};

/// "val" where that is what the data's part "valid" was asked for by, or recorded as.
std::string nameIn(const CohortData& data, const std::string& wanted) {
  if (data.splits.contains(wanted)) return wanted;
  const auto standard = standardSplit(wanted);
  for (const auto& [name, ids] : data.splits)
    if (standard && standardSplit(name) == standard) return name;
  return wanted;
}

ScoredCases everything(const CohortData& data, Seen& seen) {
  CohortData all = data;
  all.splits.clear();
  for (const CaseInfo& info : data.cohort.cases) all.splits[kAll].push_back(info.id);
  ScoredCases scored{kAll, all.labelled(kAll), {}, all.leftOut(kAll)};
  scored.trainedOn = seen.in(scored.cases);
  return scored;
}

ScoredCases partCalled(const std::string& split, const CohortData& data, Seen& seen) {
  ScoredCases scored{split, data.labelled(split), {}, data.leftOut(split)};
  scored.trainedOn = seen.in(scored.cases);
  return scored;
}

ScoredCases heldOut(const CohortData& data, Seen& seen) {
  if (data.splitsOfRun)
    for (const char* standard : {"test", "valid"}) {
      const std::string split = nameIn(data, standard);
      if (!data.isScorable(split)) continue;
      ScoredCases scored = partCalled(split, data, seen);
      scored.why = "It was held out by the run; --split names another part, or all.";
      if (scored.trainedOn.empty()) return scored;
    }
  ScoredCases scored = everything(data, seen);
  if (data.splitsOfRun) scored.why = "Nothing was held out by the run.";
  return scored;
}

[[noreturn]] void refuse(const ScoredCases& scored, const TrainedRun& run,
                         const std::string& remedy) {
  const Task task = run.manifest.problem.task;
  const bool one = scored.cases.size() == 1;
  throw Error(std::to_string(scored.trainedOn.size()) + " of the " +
              std::to_string(scored.cases.size()) + " " +
              (one ? factsOf(task).caseWord : factsOf(task).casesWord) + " of the split " +
              inQuotes(scored.split) + " are of " + factsOf(task).patientsWord + " that the run " +
              inQuotes(run.folder) + " was trained on: " + firstOf(scored.trainedOn) +
              ". Such scores flatter; " + remedy + ".");
}

}  // namespace

std::string ScoredCases::words(Task task) const {
  const std::size_t count = cases.size();
  std::string text = split + ": " + std::to_string(count) + " " +
                     (count == 1 ? factsOf(task).caseWord : factsOf(task).casesWord) + ", ";
  if (trainedOn.empty())
    text += "none of which the run was trained on.";
  else
    text += std::to_string(trainedOn.size()) + " of which the run was trained on (" +
            firstOf(trainedOn) + "): the scores flatter.";
  return why.empty() ? text : text + " " + why;
}

ScoredCases casesToScore(const TrainedRun& run, const CohortData& data,
                         const SplitRequest& request) {
  Seen seen(run, data);
  if (request.split.empty()) return heldOut(data, seen);
  if (request.split == kAll && !data.splits.contains(kAll)) return everything(data, seen);
  const std::string split = nameIn(data, request.split);
  ScoredCases scored = partCalled(split, data, seen);
  const bool asked = request.allowOverlap || split == "train";
  if (!asked && !scored.trainedOn.empty()) refuse(scored, run, request.remedy);
  return scored;
}

}  // namespace modascope
