#include "core/runs/run_documents.h"

#include <nlohmann/json.hpp>

#include "core/base/bounded_json.h"
#include "core/base/error.h"
#include "core/base/json_text.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;
using Parsed = nlohmann::json;

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

ModalitySchema schemaFrom(const Parsed& list) {
  std::vector<Modality> modalities;
  for (const auto& one : list) {
    modalities.push_back({one.at("key").get<std::string>(), one.at("label").get<std::string>()});
  }
  return ModalitySchema(std::move(modalities));
}

/// What older runs do not say is what volumes have.
void readShapes(const Parsed& json, RunManifest& manifest) {
  manifest.task = taskFrom(json.value("task", std::string(keyOf(Task::Segmentation3d))));
  json.at(json.contains("outputs") ? "outputs" : "regions").get_to(manifest.outputs);
  manifest.inputs = InputLayout::singleChannels(manifest.schema.size());
  if (!json.contains("inputs")) return;
  std::vector<InputShape> shapes;
  for (const Parsed& one : json.at("inputs"))
    shapes.push_back({one.at("width").get<std::int64_t>(), one.at("steps").get<std::int64_t>()});
  manifest.inputs = InputLayout(std::move(shapes));
  for (const Parsed& one : json.at("moments"))
    manifest.moments.push_back(
        {one.at("mean").get<std::vector<float>>(), one.at("deviation").get<std::vector<float>>()});
}

}  // namespace

std::string manifestText(const RunManifest& manifest) {
  Json inputs = Json::array();
  for (const InputShape& shape : manifest.inputs.shapes())
    inputs.push_back({{"width", shape.width}, {"steps", shape.steps}});
  Json moments = Json::array();
  for (const Moments& one : manifest.moments)
    moments.push_back({{"mean", one.mean}, {"deviation", one.deviation}});
  Json modalities = Json::array();
  for (const auto& one : manifest.schema.modalities()) {
    modalities.push_back({{"key", one.key}, {"label", one.label}});
  }
  return pretty({{"id", manifest.id},
                 {"created", manifest.created},
                 {"versions", manifest.versions},
                 {"seed", manifest.seed},
                 {"device", manifest.device},
                 {"threads", manifest.threads},
                 {"processor", manifest.processor},
                 {"data", textOf(manifest.data)},
                 {"data_fingerprint", manifest.dataFingerprint},
                 {"splits", manifest.splits},
                 {"task", keyOf(manifest.task)},
                 {"modalities", modalities},
                 {"inputs", inputs},
                 {"moments", moments},
                 {"outputs", manifest.outputs},
                 {"spacing_mm", manifest.spacing},
                 {"parameters", manifest.parameters}});
}

RunManifest manifestFrom(std::string_view text) {
  return parsed(text, [](const Parsed& json) {
    RunManifest manifest;
    json.at("id").get_to(manifest.id);
    json.at("created").get_to(manifest.created);
    json.at("versions").get_to(manifest.versions);
    json.at("seed").get_to(manifest.seed);
    json.at("device").get_to(manifest.device);
    manifest.threads = json.value("threads", std::int64_t{0});  // older runs lack both
    manifest.processor = json.value("processor", "");
    manifest.data = pathFrom(json.at("data").get<std::string>());
    json.at("data_fingerprint").get_to(manifest.dataFingerprint);
    json.at("splits").get_to(manifest.splits);
    manifest.schema = schemaFrom(json.at("modalities"));
    readShapes(json, manifest);
    json.at("spacing_mm").get_to(manifest.spacing);
    json.at("parameters").get_to(manifest.parameters);
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
                 {"heartbeat", state.heartbeat}});
}

StateDocument stateFrom(std::string_view text) {
  return parsed(text, [](const Parsed& json) {
    StateDocument state;
    state.status.state = runStateFrom(json.at("state").get<std::string>());
    json.at("step").get_to(state.status.step);
    json.at("steps").get_to(state.status.steps);
    json.at("seconds").get_to(state.status.seconds);
    json.at("words").get_to(state.status.words);
    json.at("pid").get_to(state.process.pid);
    json.at("process_started").get_to(state.process.started);
    json.at("host").get_to(state.process.host);
    json.at("heartbeat").get_to(state.heartbeat);
    state.status.pid = state.process.pid;
    return state;
  });
}

}  // namespace modascope
