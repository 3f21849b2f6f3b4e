#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"
#include "app/work/validation.h"
#include "core/base/error.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path run;
  std::filesystem::path data;
  std::string split;
  std::string checkpoint = "last";
  bool perCase = false;
  bool json = false;
};

using Json = nlohmann::ordered_json;

Json diceJson(const std::vector<std::string>& regions, const std::vector<double>& dice) {
  Json json;
  for (std::size_t k = 0; k < regions.size(); ++k) json[regions[k]] = dice[k];
  return json;
}

Json rowsJson(const SubsetTable& table) {
  Json rows = Json::array();
  for (const SubsetTable::Row& row : table.rows)
    if (row.cases > 0)
      rows.push_back({{"modalities", keysOf(table.schema, row.set)},
                      {"dice", diceJson(table.regions, row.dice)},
                      {"n", row.cases}});
  return rows;
}

void print(const SubsetTable& table) {
  std::printf("%-24s", "modalities");
  for (const std::string& region : table.regions) std::printf("%8s", region.c_str());
  std::printf("%8s\n", "cases");
  for (const SubsetTable::Row& row : table.rows) {
    std::printf("%-24s", labelOf(table.schema, row.set).c_str());
    for (const double dice : row.dice)
      row.cases > 0 ? std::printf("%8.3f", dice) : std::printf("%8s", "-");
    std::printf("%8d\n", row.cases);
  }
  std::printf("%-24s", "mean");
  for (const double dice : table.mean()) std::printf("%8.3f", dice);
  std::printf("\n%s\n", kEmptyRegionRule);
}

/// The cases asked for. The run's own split comes before the folder's, which may have none.
std::vector<CaseInfo> casesFor(const Request& request, const TrainedRun& run) {
  CohortData data = openCohortData(request.data, run.manifest.seed);
  if (!request.split.empty()) {
    if (!data.cohort.splits && run.manifest.splits.contains(request.split))
      data.splits = run.manifest.splits;
    return data.labelled(request.split);
  }
  Splits everything;
  for (const CaseInfo& info : data.cohort.cases) everything["all"].push_back(info.id);
  data.splits = everything;
  return data.labelled("all");
}

void evaluate(const Request& request) {
  const Interrupt interrupt;
  const TrainedRun run = openTrainedRun(request.run, request.checkpoint);
  const auto cases = casesFor(request, run);
  Json perCase = Json::array();
  const auto each = [&](const CaseInfo& info, const SubsetTable& table) {
    if (!request.json) std::fprintf(stderr, "%s done\n", info.id.c_str());
    if (!request.perCase) return;
    if (request.json)
      perCase.push_back({{"id", info.id}, {"subsets", rowsJson(table)}});
    else {
      std::printf("%s\n", info.id.c_str());
      print(table);
      std::printf("\n");
    }
  };
  const auto table =
      evaluateCases(*run.segmenter, cases, run.manifest.schema, interrupt.token(), each);
  if (!table) throw Error("The evaluation was stopped.", Fault::System);
  if (!request.json) return print(*table);
  Json json{{"cases", cases.size()},
            {"step", run.step},
            {"rule", kEmptyRegionRule},
            {"subsets", rowsJson(*table)},
            {"mean", diceJson(table->regions, table->mean())}};
  if (request.perCase) json["per_case"] = perCase;
  std::printf("%s\n", json.dump().c_str());
}

}  // namespace

void addEvaluate(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command =
      app.add_subcommand("evaluate", "Dice of a run's network for every subset of modalities");
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--data", request->data, "Folder of cases")->required();
  command->add_option("--split", request->split, "Only these cases: train, valid, …");
  command->add_option("--checkpoint", request->checkpoint, "last or best");
  command->add_flag("--per-case", request->perCase, "A table for each case, too");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { evaluate(*request); });
}

}  // namespace modascope
