#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"
#include "app/work/validation.h"
#include "core/base/error.h"
#include "core/metrics/group_comparison.h"

namespace modascope {
namespace {

constexpr const char* kRule =
    "Differences over the same cases, each group's runs averaged for a case first; 95 % bootstrap "
    "interval of the mean; p of Wilcoxon's signed-rank test, not corrected for the number of rows.";

struct Request {
  std::vector<std::filesystem::path> runs;
  std::vector<std::string> groups;
  std::filesystem::path data;
  std::string split = "valid";
  std::string checkpoint = "last";
  std::uint64_t seed = 1;
  bool hd95 = true;
  bool json = false;
};

/// Runs that stand for one thing: the seeds or the folds of a method.
struct Group {
  std::string name;
  std::vector<std::filesystem::path> runs;
  std::vector<CaseTables> tables = {};
};

/// "gmd=RUN,RUN"
Group parseGroup(const std::string& text) {
  const auto equals = text.find('=');
  Group group{text.substr(0, equals), {}};
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

std::vector<Group> groupsOf(const Request& request) {
  std::vector<Group> groups;
  for (const auto& run : request.runs) groups.push_back({nameOf(run), {run}});
  for (const std::string& text : request.groups) groups.push_back(parseGroup(text));
  if (groups.size() < 2) throw Error("compare needs two runs or groups at least.");
  return groups;
}

CaseTables score(const std::filesystem::path& folder, const Request& request,
                 std::stop_token stop) {
  const TrainedRun run = openTrainedRun(folder, request.checkpoint);
  const auto cases = openCohortData(request.data, run.manifest).labelled(request.split);
  CaseTables tables;
  EvaluationOptions options;
  options.scores = request.hd95 ? Scores::DiceAndHd95 : Scores::Dice;
  options.each = [&](const CaseInfo& info, const SubsetTable& table) {
    tables[info.id] = table;
    std::fprintf(stderr, "%s: %s done\n", folder.c_str(), info.id.c_str());
  };
  if (!evaluateCases(*run.segmenter, cases, run.manifest.schema, stop, options))
    throw Error("The comparison was stopped.", Fault::System);
  return tables;
}

struct Pair {
  const Group& a;
  const Group& b;
  GroupComparison comparison;
};

const SubsetTable& anyTable(const Group& group) {
  return group.tables.front().begin()->second;
}

using Json = nlohmann::ordered_json;

Json spreadJson(const Group& group, std::vector<double> SubsetTable::Row::*score) {
  Json json;
  const auto spread = spreadOverRuns(group.tables, score);
  for (std::size_t k = 0; k < spread.size(); ++k)
    json[anyTable(group).columns[k]] = {{"mean", spread[k].mean}, {"sd", spread[k].deviation}};
  return json;
}

Json groupJson(const Group& group) {
  Json runs = Json::array();
  for (const auto& run : group.runs) runs.push_back(run.string());
  Json json{{"name", group.name}, {"runs", runs}};
  json["dice"] = spreadJson(group, &SubsetTable::Row::scores);
  if (const Json hd95 = spreadJson(group, &SubsetTable::Row::hd95); !hd95.empty())
    json["hd95"] = hd95;
  return json;
}

Json differencesJson(const std::vector<PairedDifference>& differences,
                     const std::vector<std::string>& regions) {
  Json json;
  for (std::size_t k = 0; k < differences.size(); ++k) {
    const PairedDifference& d = differences[k];
    json[regions[k]] = {{"a", d.meanA},
                        {"b", d.meanB},
                        {"difference", d.mean},
                        {"interval", {d.interval.low, d.interval.high}},
                        {"p", d.p},
                        {"n", d.n}};
  }
  return json;
}

Json pairJson(const Pair& pair) {
  const SubsetTable& table = anyTable(pair.a);
  Json rows = Json::array();
  for (const ComparedRow& row : pair.comparison.rows) {
    Json json;
    json["modalities"] = row.set ? Json(keysOf(table.schema, *row.set)) : Json("mean");
    json["dice"] = differencesJson(row.scores, table.columns);
    if (!row.hd95.empty()) json["hd95"] = differencesJson(row.hd95, table.columns);
    rows.push_back(json);
  }
  return {
      {"a", pair.a.name}, {"b", pair.b.name}, {"cases", pair.comparison.cases}, {"subsets", rows}};
}

void print(const Group& group) {
  std::printf("%s (%zu run%s):", group.name.c_str(), group.runs.size(),
              group.runs.size() == 1 ? "" : "s");
  const auto spread = spreadOverRuns(group.tables, &SubsetTable::Row::scores);
  for (std::size_t k = 0; k < spread.size(); ++k) {
    std::printf("  %s %.3f", anyTable(group).columns[k].c_str(), spread[k].mean);
    if (std::isfinite(spread[k].deviation)) std::printf(" ± %.3f", spread[k].deviation);
  }
  std::printf("\n");
}

void printDifferences(const Pair& pair, std::vector<PairedDifference> ComparedRow::*score,
                      int decimals) {
  const SubsetTable& table = anyTable(pair.a);
  std::printf("%-24s", "modalities");
  for (const std::string& region : table.columns) std::printf("%-32s", region.c_str());
  std::printf("cases\n");
  for (const ComparedRow& row : pair.comparison.rows) {
    std::printf("%-24s", row.set ? labelOf(table.schema, *row.set).c_str() : "mean");
    for (const PairedDifference& d : row.*score)
      std::printf("%+7.*f [%+7.*f, %+7.*f] %5.3f ", decimals, d.mean, decimals, d.interval.low,
                  decimals, d.interval.high, d.p);
    std::printf("%4d\n", (row.*score).front().n);
  }
}

void print(const Pair& pair) {
  std::printf("\n%s minus %s, Dice, [95 %% interval] p\n", pair.b.name.c_str(),
              pair.a.name.c_str());
  printDifferences(pair, &ComparedRow::scores, 3);
  if (pair.comparison.rows.front().hd95.empty()) return;
  std::printf("\n%s minus %s, HD95 in mm, [95 %% interval] p\n", pair.b.name.c_str(),
              pair.a.name.c_str());
  printDifferences(pair, &ComparedRow::hd95, 1);
}

/// Nothing when there are cases enough for p to become small.
std::string cautionOf(const std::vector<Pair>& pairs) {
  constexpr int kFew = 6;
  int fewest = kFew;
  for (const Pair& pair : pairs)
    fewest = std::min(fewest, static_cast<int>(pair.comparison.cases.size()));
  if (fewest == kFew) return {};
  return "With " + std::to_string(fewest) + (fewest == 1 ? " case" : " cases") +
         " no difference can be significant, and the "
         "intervals are too narrow.";
}

void reportText(const std::vector<Group>& groups, const std::vector<Pair>& pairs, bool hd95) {
  std::printf("Dice, mean over cases and subsets, ± standard deviation over runs\n");
  for (const Group& group : groups) print(group);
  for (const Pair& pair : pairs) print(pair);
  std::printf("\n%s\n%s\n", kRule, kEmptyRegionRule);
  if (hd95) std::printf("%s\n", kHd95Rule);
  if (const std::string caution = cautionOf(pairs); !caution.empty())
    std::printf("%s\n", caution.c_str());
}

void reportJson(const std::vector<Group>& groups, const std::vector<Pair>& pairs, bool hd95) {
  Json json{{"rule", std::string(kRule) + " " + kEmptyRegionRule}};
  if (hd95) json["hd95_rule"] = kHd95Rule;
  if (const std::string caution = cautionOf(pairs); !caution.empty()) json["caution"] = caution;
  for (const Group& group : groups) json["groups"].push_back(groupJson(group));
  for (const Pair& pair : pairs) json["comparisons"].push_back(pairJson(pair));
  std::printf("%s\n", json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

void compare(const Request& request) {
  std::vector<Group> groups = groupsOf(request);
  const Interrupt interrupt;
  for (Group& group : groups)
    for (const auto& run : group.runs)
      group.tables.push_back(score(run, request, interrupt.token()));
  std::vector<Pair> pairs;
  for (std::size_t i = 1; i < groups.size(); ++i)
    pairs.push_back(
        {groups[0], groups[i], compareGroups(groups[0].tables, groups[i].tables, request.seed)});
  request.json ? reportJson(groups, pairs, request.hd95) : reportText(groups, pairs, request.hd95);
}

}  // namespace

void addCompare(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand(
      "compare", "Compare runs over the same cases: each later one with the first");
  command->add_option("runs", request->runs, "Folders of runs");
  command
      ->add_option("--group", request->groups,
                   "Runs that count as one, such as seeds of a method; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=RUN,RUN,…");
  command->add_option("--data", request->data, "Folder of cases")->required();
  command->add_option("--split", request->split, "Only these cases: valid, test, …");
  command->add_option("--checkpoint", request->checkpoint, "last or best");
  command->add_option("--seed", request->seed, "Of the bootstrap");
  command->add_flag("--hd95,!--no-hd95", request->hd95, "HD95 beside Dice; on unless --no-hd95");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { compare(*request); });
}

}  // namespace modascope
