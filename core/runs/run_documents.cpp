#include "core/runs/run_documents.h"

#include <limits>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/words.h"
#include "core/files/bounded_json.h"
#include "core/files/json_number.h"
#include "core/problem/brats.h"
#include "core/problem/problem_json.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;
using Parsed = nlohmann::json;

/// Nobody has more, and sums of them still fit.
constexpr std::int64_t kMostSteps = 1'000'000'000'000;
constexpr std::int64_t kMostParameters = 1'000'000'000'000;
constexpr std::int64_t kMostThreads = 1'000'000;
constexpr std::int64_t kMostNumbers = 100'000'000;  ///< of a sample
constexpr std::int64_t kLargestPid = 1 << 30;
constexpr double kMostSeconds = 1e12;
constexpr double kSmallestVoxel = 1e-3, kLargestVoxel = 1e3;  // mm

std::string pretty(const Json& json) {
  return jsonText(json, 2) + "\n";
}

/// What `build` makes of the text; JSON's complaints become ours.
template <typename Build>
auto parsed(std::string_view text, Build build) {
  try {
    return build(parseJson(text));
  } catch (const Parsed::exception& error) {
    throw Error(error.what());
  }
}

std::vector<float> floatsIn(const Parsed& json, const char* key, double low) {
  const auto numbers = realsIn(json, key, low, std::numeric_limits<float>::max());
  return {numbers.begin(), numbers.end()};
}

Moments momentsFrom(const Parsed& json) {
  Moments moments{floatsIn(json, "mean", std::numeric_limits<float>::lowest()),
                  floatsIn(json, "deviation", 0)};
  if (moments.mean.size() != moments.deviation.size())
    throw Error("moments holds " + std::to_string(moments.mean.size()) + " means and " +
                std::to_string(moments.deviation.size()) + " deviations");
  return moments;
}

/// One channel each where nothing is said, as in older runs.
InputLayout inputsFrom(const Parsed& json, std::size_t modalities) {
  if (!json.contains("inputs")) return InputLayout::singleChannels(modalities);
  std::vector<InputShape> shapes;
  for (const Parsed& one : json.at("inputs")) {
    const std::int64_t width = integerIn(one, "width", 1, kMostNumbers);
    shapes.push_back({width, integerIn(one, "steps", 1, kMostNumbers / width)});
  }
  return InputLayout(std::move(shapes));
}

/// Older runs of volumes are about BraTS.
RegionSchema regionsOf(const Parsed& json, Task task) {
  if (json.contains("segmentation")) return regionsFrom(json.at("segmentation"));
  return factsOf(task).data == DataKind::Volumes ? bratsRegions() : RegionSchema();
}

/// What older runs do not say is what volumes have.
Problem problemFrom(const Parsed& json) {
  const Task task = taskFrom(json.value("task", std::string(keyOf(kDefaultTask))));
  ModalitySchema schema = modalitiesFrom(json.at("modalities"));
  InputLayout inputs = inputsFrom(json, schema.size());
  auto outputs =
      json.at(json.contains("outputs") ? "outputs" : "regions").get<std::vector<std::string>>();
  return {task, std::move(schema), std::move(inputs), std::move(outputs), regionsOf(json, task)};
}

std::string quoted(const std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const std::string& name : names) all.push_back(inQuotes(name));
  return all.empty() ? "nothing" : joined(all);
}

void requireOutputs(const Problem& problem) {
  if (factsOf(problem.task).data == DataKind::Volumes && problem.outputs != problem.regions.keys())
    throw Error("outputs names " + quoted(problem.outputs) + "; its regions are " +
                quoted(problem.regions.keys()));
  if (problem.outputs.empty()) throw Error("outputs names nothing");
}

/// What the rest of the program takes for granted.
void requireConsistent(const RunManifest& manifest) {
  const Problem& problem = manifest.problem;
  const std::size_t modalities = problem.schema.size();
  const auto& shapes = problem.inputs.shapes();
  if (shapes.size() != modalities)
    throw Error("inputs holds " + std::to_string(shapes.size()) + " shapes for " +
                std::to_string(modalities) + " modalities");
  if (!manifest.moments.empty() && manifest.moments.size() != modalities)
    throw Error("moments holds " + std::to_string(manifest.moments.size()) + " entries for " +
                std::to_string(modalities) + " modalities");
  for (std::size_t m = 0; m < manifest.moments.size(); ++m)
    if (static_cast<std::int64_t>(manifest.moments[m].mean.size()) != shapes[m].width)
      throw Error("moments holds " + std::to_string(manifest.moments[m].mean.size()) +
                  " means for the " + std::to_string(shapes[m].width) + " numbers of " +
                  problem.schema.label(ModalityId(m)));
  const bool volumes = factsOf(problem.task).data == DataKind::Volumes;
  requireOutputs(problem);
  if (const std::size_t lengths = manifest.spacing.size();
      lengths != 3 && (volumes || lengths != 0))
    throw Error("spacing_mm holds " + std::to_string(lengths) + " lengths; three are expected");
}

Json leftOutJson(const std::vector<LeftOut>& cases) {
  Json list = Json::array();
  for (const LeftOut& one : cases) {
    list.push_back({{"case", one.caseId}, {"split", one.split}, {"reason", one.reason}});
    if (one.lost) list.back()["lost"] = true;
  }
  return list;
}

/// Older runs have names and sizes where newer ones have the contents.
void readIdentity(const Parsed& json, RunManifest& manifest) {
  const auto fingerprint = json.at("data_fingerprint").get<std::string>();
  manifest.dataLayout = json.value("data_layout", fingerprint);
  if (json.contains("data_layout")) manifest.dataFingerprint = fingerprint;
  manifest.validFingerprint = json.value("valid_fingerprint", "");
  if (!json.contains("left_out")) return;
  for (const Parsed& one : json.at("left_out"))
    manifest.leftOut.push_back({one.at("case").get<std::string>(),
                                one.at("split").get<std::string>(),
                                one.at("reason").get<std::string>(), one.value("lost", false)});
}

}  // namespace

std::string manifestText(const RunManifest& manifest) {
  const Problem& problem = manifest.problem;
  Json inputs = Json::array();
  for (const InputShape& shape : problem.inputs.shapes())
    inputs.push_back({{"width", shape.width}, {"steps", shape.steps}});
  Json moments = Json::array();
  for (const Moments& one : manifest.moments)
    moments.push_back({{"mean", one.mean}, {"deviation", one.deviation}});
  Json json = {{"id", manifest.id},
               {"created", manifest.created},
               {"versions", manifest.versions},
               {"seed", manifest.seed},
               {"device", manifest.device},
               {"threads", manifest.threads},
               {"processor", manifest.processor},
               {"data", textOf(manifest.data)},
               {"data_fingerprint", manifest.dataFingerprint},
               {"valid_fingerprint", manifest.validFingerprint},
               {"data_layout", manifest.dataLayout},
               {"splits", manifest.splits},
               {"left_out", leftOutJson(manifest.leftOut)},
               {"task", keyOf(problem.task)},
               {"modalities", modalitiesJson(problem.schema)},
               {"inputs", inputs},
               {"moments", moments},
               {"outputs", problem.outputs},
               {"spacing_mm", manifest.spacing},
               {"parameters", manifest.parameters}};
  if (factsOf(problem.task).data == DataKind::Volumes)
    json["segmentation"] = regionsJson(problem.regions);
  return pretty(json);
}

RunManifest manifestFrom(std::string_view text) {
  return parsed(text, [](const Parsed& json) {
    RunManifest manifest(problemFrom(json));
    json.at("id").get_to(manifest.id);
    json.at("created").get_to(manifest.created);
    json.at("versions").get_to(manifest.versions);
    manifest.seed = naturalIn(json, "seed");
    json.at("device").get_to(manifest.device);
    if (json.contains("threads"))  // older runs lack both
      manifest.threads = integerIn(json, "threads", 0, kMostThreads);
    manifest.processor = json.value("processor", "");
    manifest.data = pathFrom(json.at("data").get<std::string>());
    readIdentity(json, manifest);
    json.at("splits").get_to(manifest.splits);
    if (json.contains("inputs"))
      for (const Parsed& one : json.at("moments")) manifest.moments.push_back(momentsFrom(one));
    manifest.spacing = realsIn(json, "spacing_mm", kSmallestVoxel, kLargestVoxel);
    manifest.parameters = integerIn(json, "parameters", 0, kMostParameters);
    requireConsistent(manifest);
    return manifest;
  });
}

std::string stateText(const StateDocument& state) {
  return pretty({{"state", keyOf(state.status.state)},
                 {"step", state.status.step},
                 {"steps", state.status.steps},
                 {"seconds", state.status.seconds},
                 {"words", state.status.words},
                 {"pid", state.process.pid},
                 {"process_started", state.process.started},
                 {"host", state.process.host},
                 {"boot", state.process.boot},
                 {"heartbeat", state.heartbeat}});
}

StateDocument stateFrom(std::string_view text) {
  return parsed(text, [](const Parsed& json) {
    StateDocument state;
    state.status.state = runStateFrom(json.at("state").get<std::string>());
    state.status.step = integerIn(json, "step", 0, kMostSteps);
    state.status.steps = integerIn(json, "steps", 0, kMostSteps);
    state.status.seconds = realIn(json, "seconds", 0, kMostSeconds);
    json.at("words").get_to(state.status.words);
    state.process.pid = integerIn(json, "pid", 0, kLargestPid);
    state.process.started = naturalIn(json, "process_started");
    json.at("host").get_to(state.process.host);
    state.process.boot = json.value("boot", "");  // older runs lack it
    state.heartbeat = realIn(json, "heartbeat", 0, kMostSeconds);
    state.status.pid = state.process.pid;
    return state;
  });
}

}  // namespace modascope
