#include "app/work/adapting/adaptation_report.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/named_run.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/name_text.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/files/json_number.h"
#include "core/files/paths.h"
#include "core/problem/task_facts.h"
#include "core/runs/run_store.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kMostParameters = 1'000'000'000'000;
constexpr std::int64_t kMostCases = 1'000'000'000;
constexpr double kMostPercent = 1e6;  ///< of a dedicated network for a small base

/// Whether this folder can be the run that was adapted.
bool isBase(const fs::path& folder, const AdaptationReport& report) {
  if (!isThere(folder / "manifest.json") || isAdaptation(folder)) return false;
  try {
    const RunManifest manifest = RunFolder::open(folder).manifest();
    return manifest.parameters == report.baseParameters &&
           manifest.problem.schema == report.scores.schema;
  } catch (const Error&) {
    return false;
  }
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
  AdaptationReport report(manifest.problem.schema, manifest.problem.task);
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
    report.adapted.push_back(setFrom(Json{{"adapted", one}}, "adapted", manifest.problem.schema));
  if (report.learnt.size() != report.adapted.size())
    throw Error("learnt has " + std::to_string(report.learnt.size()) + " numbers for " +
                std::to_string(report.adapted.size()) + " sets");
  json.at("columns").get_to(report.frozen.columns);
  report.scores.columns = report.frozen.columns;
  readRows(json.at("frozen"), report.frozen);
  readRows(json.at("scores"), report.scores);
  return report;
}

}  // namespace

double meanMain(const SubsetTable& table, const std::vector<ModalitySet>& of) {
  double sum = 0;
  int counted = 0;
  for (const SubsetTable::Row& row : table.rows) {
    if (row.cases == 0 || std::find(of.begin(), of.end(), row.set) == of.end()) continue;
    const double score = mainScore(table.task, row.scores);
    if (std::isnan(score)) continue;
    sum += score;
    ++counted;
  }
  return counted > 0 ? sum / counted : std::numeric_limits<double>::quiet_NaN();
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
  writeAtomically(reportFile(run), jsonText(json, 1) + '\n');
}

fs::path baseOf(const fs::path& run, const AdaptationReport& report) {
  const Json json = readOrderedJson(reportFile(run));
  const std::vector<fs::path> places = placesOf(namedRun(json, "base"), run);
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
  if (!isThere(reportFile(run)))
    throw Error("The adaptation in " + inQuotes(run) +
                " was not brought to its end; run it again.");
  try {
    return reportFrom(readOrderedJson(reportFile(run)), manifest);
  } catch (const Json::exception& error) {
    throw notUnderstood(reportFile(run), error);
  } catch (const Error& error) {
    throw notUnderstood(reportFile(run), error);
  }
}

std::optional<double> mainOf(const SubsetTable& table, ModalitySet set) {
  for (const SubsetTable::Row& row : table.rows)
    if (row.set == set && row.cases > 0) return mainScore(table.task, row.scores);
  return std::nullopt;
}

std::string adaptationJson(const AdaptationReport& report) {
  const auto score = [](const SubsetTable& table, ModalitySet set) {
    const auto main = mainOf(table, set);
    return main ? Json(*main) : Json();
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
