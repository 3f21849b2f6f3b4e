#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/score_cell.h"
#include "app/work/cohort_data.h"
#include "app/work/held_out.h"
#include "app/work/looking/stand_ins.h"
#include "app/work/trained_run.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path run;
  std::filesystem::path data;
  SplitRequest split;
  std::string checkpoint = "last";
  bool perCase = false;
  bool hd95 = true;
  bool soft = false;
  bool corrupted = false;
  bool json = false;
};

using Json = nlohmann::ordered_json;

Json byColumn(const std::vector<std::string>& columns, const std::vector<double>& scores) {
  Json json;
  for (std::size_t k = 0; k < columns.size(); ++k) json[columns[k]] = scores[k];
  return json;
}

const char* scoresKey(const SubsetTable& table) {
  return factsOf(table.task).scoresKey;
}

Json rowsJson(const SubsetTable& table) {
  Json rows = Json::array();
  for (const SubsetTable::Row& row : table.rows) {
    if (row.cases == 0) continue;
    Json json{{"modalities", keysOf(table.schema, row.set)},
              {scoresKey(table), byColumn(table.columns, row.scores)}};
    if (!row.hd95.empty()) json["hd95"] = byColumn(table.columns, row.hd95);
    json["n"] = row.cases;
    rows.push_back(json);
  }
  return rows;
}

/// Of a column that bears this name.
int widthOf(const std::string& column) {
  return std::max(8, static_cast<int>(column.size()) + 2);
}

void printHead(const SubsetTable& table, bool hd95) {
  std::printf("%-24s", "modalities");
  for (const std::string& column : table.columns)
    std::printf("%*s", widthOf(column), column.c_str());
  if (hd95)
    for (const std::string& region : table.columns) std::printf("%8s", (region + " mm").c_str());
  std::printf("%10s\n", factsOf(table.task).casesWord);
}

void printScores(const SubsetTable& table, const std::vector<double>& scores,
                 const std::vector<double>& hd95) {
  for (std::size_t k = 0; k < scores.size(); ++k)
    std::printf("%s", scoreCell(scores[k], widthOf(table.columns[k])).c_str());
  for (const double distance : hd95) std::printf("%s", scoreCell(distance, 8, 1).c_str());
}

void print(const SubsetTable& table, const char* rule) {
  const auto meanHd95 = table.meanHd95();
  const double none = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> noScores(table.columns.size(), none), noHd95(meanHd95.size(), none);
  printHead(table, !meanHd95.empty());
  for (const SubsetTable::Row& row : table.rows) {
    std::printf("%-24s", labelOf(table.schema, row.set).c_str());
    if (row.cases > 0)
      printScores(table, row.scores, row.hd95);
    else
      printScores(table, noScores, noHd95);
    std::printf("%10d\n", row.cases);
  }
  std::printf("%-24s", "mean");
  printScores(table, table.mean(), meanHd95);
  std::printf("\n%s\n", rule);
  if (!meanHd95.empty()) std::printf("%s\n", kHd95Rule);
}

constexpr const char* kSoftRule =
    "Soft Dice pooled over all cases, on the cube of the training crop's size in the middle of "
    "each: for comparison with the papers' released script, not with hard Dice.";

Json softJson(const SubsetTable& table, std::int64_t crop) {
  return {{"rule", kSoftRule},
          {"crop", crop},
          {"subsets", rowsJson(table)},
          {"mean", byColumn(table.columns, table.mean())}};
}

Json leftOutJson(const std::vector<LeftOut>& cases) {
  Json list = Json::array();
  for (const LeftOut& one : cases) list.push_back({{"id", one.caseId}, {"reason", one.reason}});
  return list;
}

/// Tells of each case as it is done; for JSON it keeps the tables.
struct PerCase {
  const Request& request;
  Json tables = Json::array();

  void add(const CaseInfo& info, const SubsetTable& table) {
    if (!request.json) std::fprintf(stderr, "%s done\n", info.id.c_str());
    if (!request.perCase) return;
    if (request.json) {
      tables.push_back({{"id", info.id}, {"subsets", rowsJson(table)}});
      return;
    }
    std::printf("%s\n", info.id.c_str());
    print(table, table.rule());
    std::printf("\n");
  }
};

Json reportJson(const SubsetTable& table, const TrainedRun& run, const ScoredCases& scored) {
  Json json{{"cases", scored.cases.size()},
            {"split", scored.split},
            {"trained_on", scored.trainedOn.size()},
            {"trained_on_cases", scored.trainedOn},
            {"step", run.step},
            {"task", keyOf(table.task)},
            {"rule", table.rule()},
            {"subsets", rowsJson(table)},
            {"mean", byColumn(table.columns, table.mean())}};
  if (const auto hd95 = table.meanHd95(); !hd95.empty()) {
    json["hd95_rule"] = kHd95Rule;
    json["mean_hd95"] = byColumn(table.columns, hd95);
  }
  return json;
}

constexpr const char* kCorruptionRule =
    "The main score with one modality corrupted, all others intact, on the data that have all.";

Json corruptionJson(const CorruptionTable& table) {
  Json rows = Json::array();
  for (const ModalityId id : table.schema.ids()) {
    Json row{{"modality", table.schema.key(id)}};
    for (const Corruption how : kCorruptions)
      row[std::string(keyOf(how))] = table.scores[id.index()][static_cast<std::size_t>(how)];
    rows.push_back(row);
  }
  return {{"rule", kCorruptionRule}, {"intact", table.intact}, {"n", table.cases}, {"rows", rows}};
}

void print(const CorruptionTable& table) {
  std::printf("\n%-24s%10s", "corrupted", "intact");
  for (const Corruption how : kCorruptions) std::printf("%10s", std::string(keyOf(how)).c_str());
  std::printf("\n");
  for (const ModalityId id : table.schema.ids()) {
    std::printf("%-24s%s", table.schema.label(id).c_str(), scoreCell(table.intact, 10).c_str());
    for (const double score : table.scores[id.index()])
      std::printf("%s", scoreCell(score, 10).c_str());
    std::printf("\n");
  }
  std::printf("%s\n", kCorruptionRule);
}

CorruptionTable corruptedScores(const TrainedRun& run, const CohortData& data,
                                const std::vector<CaseInfo>& cases) {
  const auto table = scoreCorrupted(run, data, cases, Seed{run.manifest.seed}, Interrupt::token());
  if (!table) throw Error("The evaluation was stopped.", Fault::System);
  return *table;
}

void evaluate(const Request& request) {
  const TrainedRun run = openTrainedRun(request.run, request.checkpoint);
  const CohortData data = openCohortData(request.data, run.manifest);
  ScoredCases scored = casesToScore(run, data, request.split);
  auto& cases = scored.cases;
  std::fprintf(stderr, "%s\n", scored.words(run.manifest.problem.task).c_str());
  const auto say = [](const LeftOut& one) {
    std::fprintf(stderr, "%s is left out: %s\n", one.caseId.c_str(), one.reason.c_str());
  };
  const TaskFacts& facts = factsOf(run.manifest.problem.task);
  if (facts.takesLong)
    for (const LeftOut& one : scored.leftOut) say(one);
  else  // the notes tell of many cases at once
    for (const std::string& note : data.notes) std::fprintf(stderr, "%s\n", note.c_str());
  if (request.soft && !facts.scoresRegions())
    throw Error("--soft is of volumes; the task here is " +
                std::string(keyOf(run.manifest.problem.task)) + ".");
  const std::int64_t crop = run.config.train.crop;
  SoftScores soft(run.manifest.problem.schema, run.manifest.problem.regions, crop);
  PerCase perCase{request};
  EvaluationOptions options;
  options.scores = request.hd95 ? Scores::DiceAndHd95 : Scores::Dice;
  options.soft = request.soft ? &soft : nullptr;
  if (facts.takesLong || request.perCase)
    options.each = [&](const CaseInfo& info, const SubsetTable& table) {
      perCase.add(info, table);
    };
  options.leftOut = [&](const CaseInfo& info, const std::string& why) {
    scored.leftOut.push_back({info.id, scored.split, why});
    say(scored.leftOut.back());
  };
  const auto table = run.predictor->evaluate(*data.source, cases, Interrupt::token(), options);
  std::erase_if(cases, [&](const CaseInfo& info) {
    return std::any_of(scored.leftOut.begin(), scored.leftOut.end(),
                       [&](const LeftOut& one) { return one.caseId == info.id; });
  });
  if (!table) throw Error("The evaluation was stopped.", Fault::System);
  if (!request.json) {
    print(*table, table->rule());
    std::printf("%s\n", scored.words(run.manifest.problem.task).c_str());  // less what was left out
    if (request.soft) print(soft.table(), kSoftRule);
    if (request.corrupted) print(corruptedScores(run, data, cases));
    return;
  }
  Json json = reportJson(*table, run, scored);
  json["left_out"] = leftOutJson(scored.leftOut);
  if (request.soft) json["soft_dice_pooled"] = softJson(soft.table(), crop);
  if (request.corrupted) json["corrupted"] = corruptionJson(corruptedScores(run, data, cases));
  if (request.perCase) json["per_case"] = perCase.tables;
  std::printf("%s\n", jsonText(json).c_str());
}

}  // namespace

void addEvaluate(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command =
      app.add_subcommand("evaluate", "Scores of a run's network for every subset of modalities");
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--data", request->data, "Folder of cases or pictures, or a file of features")
      ->required();
  command->add_option(
      "--split", request->split.split,
      "These cases: test, valid, train, … or all; otherwise those that the run held "
      "out (test, or else valid), and all of data that it does not know");
  command->add_flag("--allow-overlap", request->split.allowOverlap,
                    "Score a split with patients that the run was trained on, too");
  command->add_option("--checkpoint", request->checkpoint,
                      "last, best, previous or snapshot-000200");
  command->add_flag("--hd95,!--no-hd95", request->hd95, "HD95 beside Dice; on unless --no-hd95");
  command->add_flag("--soft", request->soft,
                    "Soft Dice pooled over the cases, too, as the papers' script prints it");
  command->add_flag("--corrupted", request->corrupted,
                    "What noise, a constant or another sample in place of a modality costs, too");
  command->add_flag("--per-case", request->perCase, "A table for each case, too");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { evaluate(*request); });
}

}  // namespace modascope
