#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/compare_groups.h"
#include "app/cli/interrupt.h"
#include "app/cli/score_cell.h"
#include "core/base/json_text.h"
#include "core/problem/score_column.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

constexpr const char* kRule =
    "Differences over the same cases, each group's runs averaged for a case first; 95 % bootstrap "
    "interval of the mean; p of Wilcoxon's signed-rank test, not corrected for the number of rows.";

struct Pair {
  const ComparedGroup& a;
  const ComparedGroup& b;
  GroupComparison comparison;
};

const SubsetTable& anyTable(const ComparedGroup& group) {
  return group.tables.front().begin()->second;
}

bool scoresRegions(const ComparedGroup& group) {
  return factsOf(anyTable(group).task).scoresRegions();
}

const char* scoresKey(const ComparedGroup& group) {
  return factsOf(anyTable(group).task).scoresKey;
}

/// "Dice", or what the cases are compared by.
std::string measureOf(const ComparedGroup& group) {
  return scoreColumn(anyTable(group).columns.front()).measure;
}

using Json = nlohmann::ordered_json;

Json spreadJson(const ComparedGroup& group, std::vector<double> SubsetTable::Row::*score) {
  Json json;
  const auto spread = spreadOverRuns(group.tables, score);
  for (std::size_t k = 0; k < spread.size(); ++k)
    json[anyTable(group).columns[k]] = {{"mean", spread[k].mean}, {"sd", spread[k].deviation}};
  return json;
}

Json scoresJson(const std::vector<std::string>& columns, const std::vector<Spread>& spread) {
  Json json;
  for (std::size_t k = 0; k < spread.size(); ++k)
    json[columns[k]] = {{"mean", spread[k].mean}, {"sd", spread[k].deviation}};
  return json;
}

/// Every subset beside its scores in each group.
Json tableJson(const std::vector<ComparedGroup>& groups) {
  Json rows = Json::array();
  for (const SpreadRow& row : spreadOfSubsets(groups.front().pooled)) {
    Json json{{"modalities", keysOf(anyTable(groups.front()).schema, row.set)}, {"n", row.cases}};
    for (const ComparedGroup& group : groups)
      for (const SpreadRow& other : spreadOfSubsets(group.pooled))
        if (other.set == row.set)
          json[group.name] = scoresJson(group.pooled.front().columns, other.scores);
    rows.push_back(json);
  }
  return rows;
}

Json groupJson(const ComparedGroup& group) {
  Json runs = Json::array();
  for (const auto& run : group.runs) runs.push_back(textOf(run));
  Json json{{"name", group.name},
            {"runs", runs},
            {"split", group.split},
            {"trained_on", group.trainedOn}};
  if (group.learntPercent) json["learnt_percent"] = *group.learntPercent;
  json[scoresKey(group)] =
      scoresRegions(group) ? spreadJson(group, &SubsetTable::Row::scores)
                           : scoresJson(group.pooled.front().columns, spreadOfMeans(group.pooled));
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
    json[scoresKey(pair.a)] = differencesJson(row.scores, table.columns);
    if (!row.hd95.empty()) json["hd95"] = differencesJson(row.hd95, table.columns);
    rows.push_back(json);
  }
  return {
      {"a", pair.a.name}, {"b", pair.b.name}, {"cases", pair.comparison.cases}, {"subsets", rows}};
}

/// "0.942 ± 0.003"
std::string text(const Spread& spread) {
  const std::string mean = scoreCell(spread.mean, 0);
  return std::isfinite(spread.deviation) ? mean + " ± " + scoreCell(spread.deviation, 0) : mean;
}

/// The tables with one column: the main score.
std::vector<SpreadRow> spreadOfMain(std::vector<SubsetTable> tables) {
  for (SubsetTable& table : tables) {
    for (SubsetTable::Row& row : table.rows) row.scores = {mainScore(table.task, row.scores)};
    table.columns = {"main"};
  }
  return spreadOfSubsets(tables);
}

void print(const ComparedGroup& group) {
  std::printf("%s (%zu run%s):", group.name.c_str(), group.runs.size(),
              group.runs.size() == 1 ? "" : "s");
  const auto spread = scoresRegions(group) ? spreadOverRuns(group.tables, &SubsetTable::Row::scores)
                                           : spreadOfMeans(group.pooled);
  for (std::size_t k = 0; k < spread.size(); ++k)
    std::printf("  %s %s", group.pooled.front().columns[k].c_str(), text(spread[k]).c_str());
  if (group.learntPercent) std::printf("  learnt %.2f %%", *group.learntPercent);
  std::printf("\n");
}

/// For a column that has the longest of these words and a gap.
int widthFor(const std::vector<std::string>& words, std::size_t least) {
  for (const std::string& word : words) least = std::max(least, word.size() + 2);
  return static_cast<int>(least);
}

int widthOfSubsets(const SubsetTable& table) {
  return widthFor({labelOf(table.schema, table.schema.all())}, 24);
}

/// The main score of every subset, a column a group.
void printTable(const std::vector<ComparedGroup>& groups) {
  const SubsetTable& first = groups.front().pooled.front();
  const int subsetWidth = widthOfSubsets(first);
  const auto widthOf = [](const ComparedGroup& group) { return widthFor({group.name}, 18); };
  std::printf("\n%s\n%-*s", mainScoreName(first.task, first.columns).c_str(), subsetWidth,
              "modalities");
  for (const ComparedGroup& group : groups) std::printf("%-*s", widthOf(group), group.name.c_str());
  std::printf("%s\n", factsOf(first.task).casesWord);
  for (const SpreadRow& row : spreadOfSubsets(groups.front().pooled)) {
    std::printf("%-*s", subsetWidth, labelOf(first.schema, row.set).c_str());
    for (const ComparedGroup& group : groups) {
      std::vector<Spread> main;  // of what `mainScore` makes of each run
      for (const SpreadRow& other : spreadOfMain(group.pooled))
        if (other.set == row.set) main = other.scores;
      const std::string words = main.empty() ? "-" : text(main[0]);
      const auto beyondLetters = static_cast<int>(words.size() - columnsOf(words));
      std::printf("%-*s", widthOf(group) + beyondLetters, words.c_str());
    }
    std::printf("%5d\n", row.cases);
  }
}

void printDifferences(const Pair& pair, std::vector<PairedDifference> ComparedRow::*score,
                      int decimals) {
  const SubsetTable& table = anyTable(pair.a);
  const int subsetWidth = widthOfSubsets(table);
  std::printf("%-*s", subsetWidth, "modalities");
  for (const std::string& region : table.columns) std::printf("%-32s", region.c_str());
  std::printf("%s\n", factsOf(table.task).casesWord);
  for (const ComparedRow& row : pair.comparison.rows) {
    std::printf("%-*s", subsetWidth, row.set ? labelOf(table.schema, *row.set).c_str() : "mean");
    for (const PairedDifference& d : row.*score)
      std::printf("%s [%s, %s] %s ", scoreCell(d.mean, 7, decimals, true).c_str(),
                  scoreCell(d.interval.low, 7, decimals, true).c_str(),
                  scoreCell(d.interval.high, 7, decimals, true).c_str(), scoreCell(d.p, 5).c_str());
    std::printf("%4d\n", (row.*score).front().n);
  }
}

void print(const Pair& pair) {
  std::printf("\n%s minus %s, %s, [95 %% interval] p\n", pair.b.name.c_str(), pair.a.name.c_str(),
              measureOf(pair.a).c_str());
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
  const Task task = anyTable(pairs.front().a).task;
  return "With " + std::to_string(fewest) + " " +
         (fewest == 1 ? factsOf(task).caseWord : factsOf(task).casesWord) +
         " no difference can be significant, and the "
         "intervals are too narrow.";
}

void reportText(const std::vector<ComparedGroup>& groups, const std::vector<Pair>& pairs,
                bool hd95) {
  std::printf("%s, mean over %s and subsets, ± standard deviation over runs\n",
              scoresRegions(groups.front()) ? "Dice" : "Scores",
              factsOf(anyTable(groups.front()).task).casesWord);
  for (const ComparedGroup& group : groups) print(group);
  printTable(groups);
  for (const Pair& pair : pairs) print(pair);
  std::printf("\n%s\n%s\n", kRule, groups.front().pooled.front().rule());
  if (hd95 && scoresRegions(groups.front())) std::printf("%s\n", kHd95Rule);
  if (const std::string caution = cautionOf(pairs); !caution.empty())
    std::printf("%s\n", caution.c_str());
}

void reportJson(const std::vector<ComparedGroup>& groups, const std::vector<Pair>& pairs,
                const Json& leftOut, bool hd95) {
  Json json{{"rule", std::string(kRule) + " " + groups.front().pooled.front().rule()}};
  json["left_out"] = leftOut;
  if (hd95 && scoresRegions(groups.front())) json["hd95_rule"] = kHd95Rule;
  if (const std::string caution = cautionOf(pairs); !caution.empty()) json["caution"] = caution;
  for (const ComparedGroup& group : groups) json["groups"].push_back(groupJson(group));
  json["table"] = tableJson(groups);
  for (const Pair& pair : pairs) json["comparisons"].push_back(pairJson(pair));
  std::printf("%s\n", jsonText(json).c_str());
}

void compare(const CompareRequest& request) {
  LeftOutCases leftOut;
  const auto groups = scoredGroups(request, leftOut, Interrupt::token());
  std::vector<Pair> pairs;
  for (std::size_t i = 1; i < groups.size(); ++i)
    pairs.push_back(
        {groups[0], groups[i], compareGroups(groups[0].tables, groups[i].tables, request.seed)});
  if (!request.json) return reportText(groups, pairs, request.hd95);
  Json list = Json::array();
  for (const auto& [id, why] : leftOut) list.push_back({{"id", id}, {"reason", why}});
  reportJson(groups, pairs, list, request.hd95);
}

}  // namespace

void addCompare(CLI::App& app) {
  auto request = std::make_shared<CompareRequest>();
  CLI::App* command = app.add_subcommand(
      "compare", "Compare runs over the same cases: each later one with the first");
  command->add_option("runs", request->runs, "Folders of runs");
  command
      ->add_option("--group", request->groups,
                   "Runs that count as one, such as seeds of a method; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=RUN,RUN,…");
  command->add_option("--data", request->data, "Folder of cases or pictures, or a file of features")
      ->required();
  command->add_option("--split", request->split,
                      "These cases: test, valid, … or all; otherwise those that the first run held "
                      "out (test, or else valid)");
  command->add_flag("--allow-overlap", request->allowOverlap,
                    "Score a split with patients that a run was trained on, too");
  command->add_option("--checkpoint", request->checkpoint, "last or best");
  command->add_option("--seed", request->seed, "Of the bootstrap");
  command->add_flag("--hd95,!--no-hd95", request->hd95, "HD95 beside Dice; on unless --no-hd95");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { compare(*request); });
}

}  // namespace modascope
