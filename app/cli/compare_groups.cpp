#include "app/cli/compare_groups.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/cohort_data.h"
#include "app/work/held_out.h"
#include "app/work/trained_run.h"
#include "core/base/error.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

ComparedGroup parseGroup(const std::string& text) {
  const auto equals = text.find('=');
  ComparedGroup group{text.substr(0, equals), {}};
  std::stringstream rest(equals == std::string::npos ? "" : text.substr(equals + 1));
  for (std::string run; std::getline(rest, run, ',');) group.runs.emplace_back(run);
  if (group.name.empty() || group.runs.empty())
    throw Error("--group is " + inQuotes(text) + "; it must be NAME=RUN,RUN, …");
  return group;
}

/// The folder's name, also of "runs/a/".
std::string nameOf(const std::filesystem::path& run) {
  return (run.has_filename() ? run : run.parent_path()).filename().string();
}

std::vector<ComparedGroup> groupsOf(const CompareRequest& request) {
  std::vector<ComparedGroup> groups;
  for (const auto& run : request.runs) groups.push_back({nameOf(run), {run}});
  for (const std::string& text : request.groups) groups.push_back(parseGroup(text));
  if (groups.size() < 2) throw Error("compare needs two runs or groups at least.");
  return groups;
}

/// Scores that are means over cases, so that cases can be paired; correlation and F1 are not.
std::vector<std::string> columnsOfCases(const SubsetTable& table) {
  const std::string column = factsOf(table.task).caseColumn;
  return column.empty() ? table.columns : std::vector<std::string>{column};
}

constexpr std::size_t kNamed = 10;  ///< left-out cases that are told by name

void addScores(ComparedGroup& group, const std::filesystem::path& folder,
               const CompareRequest& request, LeftOutCases& leftOut, std::stop_token stop) {
  const TrainedRun run = openTrainedRun(folder, request.checkpoint);
  const CohortData data = openCohortData(request.data, run.manifest);
  const ScoredCases scored = casesToScore(run, data, {request.split, request.allowOverlap});
  std::fprintf(stderr, "%s: %s\n", folder.c_str(), scored.words(run.manifest.problem.task).c_str());
  const auto& cases = scored.cases;
  group.split = scored.split;
  group.trainedOn = std::max(group.trainedOn, scored.trainedOn.size());
  const auto leave = [&](const std::string& id, const std::string& why) {
    if (leftOut.emplace(id, why).second && leftOut.size() <= kNamed)
      std::fprintf(stderr, "%s is left out: %s\n", id.c_str(), why.c_str());
  };
  for (const LeftOut& one : scored.leftOut) leave(one.caseId, one.reason);
  const bool takesLong = factsOf(run.manifest.problem.task).takesLong;
  CaseTables tables;
  EvaluationOptions options;
  options.scores = request.hd95 ? Scores::DiceAndHd95 : Scores::Dice;
  options.each = [&](const CaseInfo& info, const SubsetTable& table) {
    tables.insert_or_assign(info.id, onlyColumns(table, columnsOfCases(table)));
    if (takesLong) std::fprintf(stderr, "%s: %s done\n", folder.c_str(), info.id.c_str());
  };
  options.leftOut = [&](const CaseInfo& info, const std::string& why) { leave(info.id, why); };
  auto pooled = run.predictor->evaluate(*data.source, cases, stop, options);
  if (!pooled) throw Error("The comparison was stopped.", Fault::System);
  if (!takesLong) std::fprintf(stderr, "%s done\n", folder.c_str());
  group.pooled.push_back(std::move(*pooled));
  group.tables.push_back(std::move(tables));
  if (isAdaptation(folder))
    group.learntPercent =
        std::max(group.learntPercent.value_or(0), readAdaptation(folder).learntPercent);
}

}  // namespace

std::vector<ComparedGroup> scoredGroups(const CompareRequest& request, LeftOutCases& leftOut,
                                        std::stop_token stop) {
  std::vector<ComparedGroup> groups = groupsOf(request);
  CompareRequest same = request;
  for (ComparedGroup& group : groups)
    for (const auto& run : group.runs) {
      addScores(group, run, same, leftOut, stop);
      same.split = group.split;  // one question for all
    }
  return groups;
}

}  // namespace modascope
