#include "app/work/adaptation_file.h"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/files/paths.h"
#include "core/problem/task_facts.h"
#include "core/runs/json_number.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFile = "adaptation.json";
constexpr const char* kPlan = "plan.json";
constexpr std::int64_t kMostSteps = 1'000'000'000'000, kMostParameters = 1'000'000'000'000;
constexpr std::int64_t kMostCases = 1'000'000'000;
constexpr double kMostPercent = 1e6;  ///< of a dedicated network for a small base
constexpr const char* kScores = "scores.json";

Json numberOrNull(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}

std::optional<double> numberFrom(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return json.get<double>();
}

Json planOf(const AdaptationRequest& request) {
  const fs::path run = realPath(request.run);
  const fs::path here = realPath(request.out);
  return Json{{"run", textOf(run)},
              {"run_from_here", textOf(run.lexically_relative(here))},
              {"checkpoint", request.checkpoint},
              {"data", textOf(realPath(request.data))},
              {"method", request.method},
              {"subsets", request.subsets},
              {"rank", request.rank},
              {"steps", request.steps},
              {"lr", request.learningRate},
              {"seed", request.seed},
              {"split", request.split}};
}

/// The base may have moved; whether its weights are the same is the adapters' own check.
Json withoutPlace(Json plan) {
  plan["run"] = textOf(pathFrom(plan.at("run").get<std::string>()).filename());
  plan.erase("run_from_here");
  return plan;
}

bool holdsPlan(const fs::path& file, const Json& plan) {
  try {
    return withoutPlace(readOrderedJson(file)) == withoutPlace(plan);
  } catch (const Json::exception&) {
    return false;
  } catch (const Error&) {
    return false;
  }
}

/// Whether this folder can be the run that was adapted.
bool isBase(const fs::path& folder, const AdaptationReport& report) {
  if (!isThere(folder / "manifest.json") || isAdaptation(folder)) return false;
  try {
    const RunManifest manifest = RunFolder::open(folder).manifest();
    return manifest.parameters == report.baseParameters && manifest.schema == report.scores.schema;
  } catch (const Error&) {
    return false;
  }
}

/// Where a run may lie that a file in this folder names: where it was, in the same place as seen
/// from here, or beside this folder.
std::vector<fs::path> placesFrom(const fs::path& folder, const Json& json, const char* absolute,
                                 const char* fromHere) {
  const fs::path here = realPath(folder);
  std::vector<fs::path> places{pathFrom(json.at(absolute).get<std::string>())};
  if (json.contains(fromHere))
    places.push_back((here / pathFrom(json.at(fromHere).get<std::string>())).lexically_normal());
  places.push_back(here.parent_path() / places.front().filename());
  return places;
}

/// Or the first of all, for the sentence that says so.
fs::path firstThatExists(const std::vector<fs::path>& places) {
  const auto found = std::find_if(places.begin(), places.end(), isThere);
  return found == places.end() ? places.front() : *found;
}

Error notUnderstood(const fs::path& file, const std::exception& why) {
  return Error(inQuotes(file) + " is not understood: " + why.what());
}

ModalitySet setFrom(const Json& json, const char* key, const ModalitySchema& schema) {
  const auto bits = integerIn(json, key, 1, schema.all().bits());
  return *ModalitySet::fromBits(static_cast<std::uint8_t>(bits));
}

Json tableJson(const SubsetTable& table) {
  Json rows = Json::array();
  for (const SubsetTable::Row& row : table.rows)
    rows.push_back({{"bits", row.set.bits()}, {"scores", row.scores}, {"n", row.cases}});
  return rows;
}

void readRows(const Json& json, SubsetTable& table) {
  for (const Json& row : json) {
    std::vector<double> scores;
    for (const Json& score : row.at("scores"))  // a class that is nowhere has none
      scores.push_back(score.is_null() ? std::numeric_limits<double>::quiet_NaN()
                                       : score.get<double>());
    if (scores.size() != table.columns.size())
      throw Error("a row has " + std::to_string(scores.size()) + " scores for " +
                  std::to_string(table.columns.size()) + " columns");
    const auto cases = static_cast<int>(integerIn(row, "n", 0, kMostCases));
    table.rows.push_back({setFrom(row, "bits", table.schema), scores, cases});
  }
}

AdaptationReport reportFrom(const Json& json, const RunManifest& manifest) {
  AdaptationReport report;
  report.base = nameFromText(json.at("base").get<std::string>());
  report.checkpoint = json.at("checkpoint").get<std::string>();
  report.method = json.at("method").get<std::string>();
  report.steps = integerIn(json, "steps", 0, kMostSteps);
  report.split = json.at("split").get<std::string>();
  report.baseParameters = integerIn(json, "base_parameters", 0, kMostParameters);
  report.learntPercent = realIn(json, "learnt_percent", 0, kMostPercent);
  for (const Json& one : json.at("learnt"))
    report.learnt.push_back(integerIn(Json{{"learnt", one}}, "learnt", 0, kMostParameters));
  for (const Json& one : json.at("adapted"))
    report.adapted.push_back(setFrom(Json{{"adapted", one}}, "adapted", manifest.schema));
  if (report.learnt.size() != report.adapted.size())
    throw Error("learnt has " + std::to_string(report.learnt.size()) + " numbers for " +
                std::to_string(report.adapted.size()) + " sets");
  for (SubsetTable* table : {&report.frozen, &report.scores}) {
    table->task = manifest.task;
    table->schema = manifest.schema;
    table->columns = json.at("columns").get<std::vector<std::string>>();
  }
  readRows(json.at("frozen"), report.frozen);
  readRows(json.at("scores"), report.scores);
  return report;
}

}  // namespace

fs::path adaptersFile(const fs::path& run) {
  return run / "adapters.safetensors";
}

bool isAdaptation(const fs::path& run) {
  return isWholeAdaptation(run) || isThere(run / kPlan) || isThere(adaptersFile(run));
}

bool isWholeAdaptation(const fs::path& run) {
  return isThere(run / kFile);
}

void writePlan(const fs::path& run, const AdaptationRequest& request) {
  AdaptationRequest placed = request;
  placed.out = run;
  writeAtomically(run / kPlan, jsonText(planOf(placed), 1) + '\n');
}

AdaptationRequest readPlan(const fs::path& run) {
  try {
    const Json json = readOrderedJson(run / kPlan);
    AdaptationRequest request;
    request.run = firstThatExists(placesFrom(run, json, "run", "run_from_here"));
    request.checkpoint = json.at("checkpoint").get<std::string>();
    request.data = pathFrom(json.at("data").get<std::string>());
    request.out = run;
    request.method = json.at("method").get<std::string>();
    request.subsets = json.at("subsets").get<std::string>();
    request.rank = integerIn(json, "rank", 1, 256);
    request.steps = integerIn(json, "steps", 0, kMostSteps);
    request.learningRate = realIn(json, "lr", 0, 1);
    request.seed = integerIn(json, "seed", std::numeric_limits<std::int64_t>::min(),
                             std::numeric_limits<std::int64_t>::max());
    request.split = json.at("split").get<std::string>();
    return request;
  } catch (const Json::exception& error) {
    throw notUnderstood(run / kPlan, error);
  } catch (const Error& error) {
    throw notUnderstood(run / kPlan, error);
  }
}

bool isPlanOf(const AdaptationRequest& request) {
  return !request.out.empty() && isThere(request.out / kPlan) &&
         holdsPlan(request.out / kPlan, planOf(request));
}

std::vector<AdaptedSet> keptScores(const fs::path& run) {
  if (!isThere(run / kScores)) return {};
  try {
    std::vector<AdaptedSet> sets;
    for (const Json& one : readOrderedJson(run / kScores)) {
      const auto set = ModalitySet::fromBits(one.at("bits").get<std::uint8_t>());
      sets.push_back({set.value(), one.at("learnt").get<std::int64_t>(),
                      numberFrom(one.at("frozen")), numberFrom(one.at("adapted")), true});
    }
    return sets;
  } catch (const std::exception&) {
    return {};
  }
}

void keepScores(const fs::path& run, const AdaptedSet& set) {
  auto sets = keptScores(run);
  std::erase_if(sets, [&](const AdaptedSet& one) { return one.set == set.set; });
  sets.push_back(set);
  Json all = Json::array();
  for (const AdaptedSet& one : sets)
    all.push_back({{"bits", one.set.bits()},
                   {"learnt", one.learnt},
                   {"frozen", numberOrNull(one.frozen)},
                   {"adapted", numberOrNull(one.adapted)}});
  writeAtomically(run / kScores, all.dump(1) + '\n');
}

void writeAdaptation(const fs::path& run, const AdaptationReport& report) {
  std::vector<int> adapted;
  for (const ModalitySet set : report.adapted) adapted.push_back(set.bits());
  const fs::path here = realPath(run);
  const Json json{{"base", textOfName(report.base)},
                  {"base_from_here", textOf(fs::path(report.base).lexically_relative(here))},
                  {"checkpoint", report.checkpoint},
                  {"method", report.method},
                  {"steps", report.steps},
                  {"split", report.split},
                  {"base_parameters", report.baseParameters},
                  {"learnt_percent", report.learntPercent},
                  {"adapted", adapted},
                  {"learnt", report.learnt},
                  {"columns", report.scores.columns},
                  {"frozen", tableJson(report.frozen)},
                  {"scores", tableJson(report.scores)}};
  writeAtomically(run / kFile, jsonText(json, 1) + '\n');
}

fs::path baseOf(const fs::path& run, const AdaptationReport& report) {
  const Json json = readOrderedJson(run / kFile);
  const std::vector<fs::path> places = placesFrom(run, json, "base", "base_from_here");
  const auto place = std::find_if(places.begin(), places.end(), [&](const fs::path& candidate) {
    return isBase(candidate, report);
  });
  if (place != places.end()) return *place;
  throw Error("The adaptation in " + inQuotes(run) +
              " needs the run that it adapts, which is not " + "in " + inQuotes(report.base) +
              " any more, nor in " + inQuotes(places.back()) + "; put it in one of these places.");
}

AdaptationReport readAdaptation(const fs::path& run) {
  const RunManifest manifest = RunFolder::open(run).manifest();
  if (!isThere(run / kFile))
    throw Error("The adaptation in " + inQuotes(run) +
                " was not brought to its end; run it again.");
  try {
    return reportFrom(readOrderedJson(run / kFile), manifest);
  } catch (const Json::exception& error) {
    throw notUnderstood(run / kFile, error);
  } catch (const Error& error) {
    throw notUnderstood(run / kFile, error);
  }
}

std::string adaptationJson(const AdaptationReport& report) {
  const auto score = [&](const SubsetTable& table, ModalitySet set) -> Json {
    for (const SubsetTable::Row& row : table.rows)
      if (row.set == set && row.cases > 0) return mainScore(table.task, row.scores);
    return nullptr;
  };
  const auto mean = [&](const SubsetTable& table) -> Json {
    if (table.rows.empty()) return nullptr;
    return meanMain(table, report.adapted);
  };
  const ModalitySchema& schema = report.scores.schema;
  const bool volumes = factsOf(report.scores.task).scoresRegions();  // the mean over the regions
  Json subsets = Json::array();
  for (std::size_t i = 0; i < report.adapted.size(); ++i) {
    const ModalitySet set = report.adapted[i];
    subsets.push_back({{"modalities", keysOf(schema, set)},
                       {"frozen", score(report.frozen, set)},
                       {"adapted", score(report.scores, set)},
                       {"learnt", report.learnt[i]}});
  }
  const Json json{{"method", report.method},
                  {"split", report.split},
                  {"score", volumes                         ? Json("dice")
                            : report.scores.columns.empty() ? Json()
                                                            : Json(report.scores.columns.front())},
                  {"base_parameters", report.baseParameters},
                  {"learnt_percent", report.learntPercent},
                  {"full", score(report.frozen, schema.all())},
                  {"mean_frozen", mean(report.frozen)},
                  {"mean_adapted", mean(report.scores)},
                  {"subsets", subsets}};
  return jsonText(json);
}

}  // namespace modascope
