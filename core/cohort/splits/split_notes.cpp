#include "core/cohort/splits/split_notes.h"

#include <algorithm>
#include <set>

#include "core/problem/split_names.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

using Ids = std::vector<std::string>;

/// train, valid, test, then others.
std::vector<std::string> namesInOrder(const Splits& splits) {
  std::vector<std::string> names;
  for (const std::string& name : standardSplits())
    if (splits.contains(name)) names.push_back(name);
  for (const auto& [name, ids] : splits)
    if (!standardSplit(name)) names.push_back(name);
  return names;
}

/// What suffers from cases of `first` in `second`.
std::string flatters(const std::string& second) {
  if (second == "valid") return "so validation flatters: ";
  return "so the scores of \"" + second + "\" flatter: ";
}

Ids sharedCases(const Ids& a, const Ids& b) {
  const std::set<std::string> there(a.begin(), a.end());
  Ids shared;
  std::copy_if(b.begin(), b.end(), std::back_inserter(shared),
               [&](const std::string& id) { return there.contains(id); });
  return shared;
}

/// "P1 (P1-100 and P1-101)": patients with cases in both, those that share a case left out.
Ids sharedPatients(const Ids& a, const Ids& b, Task task, const PatientRule& patients) {
  const Ids same = sharedCases(a, b);
  std::set<std::string> said;
  for (const std::string& id : same) said.insert(patients.patientOf(id, task));
  std::map<std::string, std::string> firstCases;
  for (const std::string& id : a) firstCases.emplace(patients.patientOf(id, task), id);
  Ids shared;
  for (const std::string& id : b) {
    const std::string patient = patients.patientOf(id, task);
    const auto first = firstCases.find(patient);
    if (first == firstCases.end() || !said.insert(patient).second) continue;
    shared.push_back(patient + " (" + first->second + " and " + id + ")");
  }
  return shared;
}

}  // namespace

std::string firstOf(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
  return text;
}

void noteOverlaps(const Cohort& cohort, const Splits& splits, const PatientRule& patients,
                  std::vector<std::string>& notes) {
  const TaskFacts& words = factsOf(cohort.problem.task);
  const std::vector<std::string> names = namesInOrder(splits);
  for (std::size_t j = 1; j < names.size(); ++j)
    for (std::size_t i = 0; i < j; ++i) {
      const Ids& a = splits.at(names[i]);
      const Ids& b = splits.at(names[j]);
      const std::string in = "in \"" + names[i] + "\" and in \"" + names[j] + "\", ";
      const Ids cases = sharedCases(a, b);
      if (!cases.empty() && words.data != DataKind::Pictures)  // they have it noted
        notes.push_back("These " + std::string(words.casesWord) + " are " + in +
                        flatters(names[j]) + firstOf(cases) + ".");
      const Ids people = sharedPatients(a, b, cohort.problem.task, patients);
      if (!people.empty())
        notes.push_back("These " + std::string(words.patientsWord) + " have " + words.casesWord +
                        " " + in + flatters(names[j]) + firstOf(people) + ".");
    }
}

void noteUnlisted(const Cohort& cohort, const Splits& stated, std::vector<std::string>& notes) {
  std::set<std::string> listed;
  for (const Splits& fold : cohort.folds)
    for (const auto& [name, ids] : fold) listed.insert(ids.begin(), ids.end());
  for (const auto& [name, ids] : stated) listed.insert(ids.begin(), ids.end());
  Ids others;
  for (const CaseInfo& info : cohort.cases)
    if (info.usable() && !listed.contains(info.id)) others.push_back(info.id);
  if (others.empty()) return;
  const TaskFacts& words = factsOf(cohort.problem.task);
  const bool one = others.size() == 1;
  notes.push_back(std::to_string(others.size()) + " " + (one ? words.caseWord : words.casesWord) +
                  (one ? " is in no split and takes" : " are in no split and take") +
                  " no part: " + firstOf(others) + ".");
}

void noteWithoutValidation(const Cohort& cohort, const Splits& splits,
                           std::vector<std::string>& notes) {
  if (!splits.contains("train") || splits.contains("valid")) return;
  const std::string source =
      cohort.splitSource.empty() ? cohort.folder.filename().string() : cohort.splitSource;
  notes.push_back(
      "There is no validation: " + source + " has no usable part \"valid\" (or \"val\", " +
      "\"validation\", \"dev\"), so a run has no validation scores and no best checkpoint.");
}

}  // namespace modascope
