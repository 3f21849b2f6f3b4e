#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/work/steps/benchmark.h"
#include "core/base/json_text.h"
#include "core/base/words.h"
#include "core/cohort/cohort.h"
#include "core/config/config_keys.h"
#include "core/networks/fact_rows.h"
#include "core/networks/method_facts.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;

struct Request {
  BenchRequest bench;
  std::vector<std::string> stated;       ///< settings by options of their own, key=value
  std::vector<std::string> assignments;  ///< by --set, which come after them
  bool json = false;
};

/// An option that is a setting of a run.
struct SettingOption {
  const char* option;
  const char* key;
  std::string words;
};

const std::vector<SettingOption>& commonSettings() {
  static const std::vector<SettingOption> rows{
      {"--model", "model.kind", "Network"},
      {"--size", "train.crop", "Voxels along each axis"},
      {"--width", "model.width", "Width of the network"},
      {"--batch", "train.batch", "Cases in a batch"},
      {"--threads", "compute.threads", "0: one for each core that may be used"},
      {"--device", "compute.device", "auto, cpu or cuda:N"},
      {"--precision", "compute.precision", joined(configKey("compute.precision").choices, " or ")}};
  return rows;
}

void addSetting(CLI::App& command, Request& request, const SettingOption& setting) {
  const ConfigValue standard = configKey(setting.key).get(request.bench.config);
  const char* types[] = {"INT", "FLOAT", "TEXT"};
  command
      .add_option_function<std::string>(
          setting.option,
          [&request, key = std::string(setting.key)](const std::string& text) {
            request.stated.push_back(key + '=' + text);
          },
          setting.words)
      ->type_name(types[standard.index()])
      ->default_str(toText(standard));
}

void addCommon(CLI::App& command, Request& request) {
  request.bench.config.model.width = 0.5;
  for (const SettingOption& setting : commonSettings()) addSetting(command, request, setting);
  command.add_option("--modalities", request.bench.modalities, "How many")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  command.add_option("--runs", request.bench.runs, "Of which the median is told")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--set", request.assignments, "Any setting of a run, key=value")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  command.add_flag("--json", request.json, "One line of JSON");
}

/// What nobody said is as in a run on the data, where there are any.
void settle(Request& request) {
  RunConfig& config = request.bench.config;
  if (!request.bench.data.empty()) config = standardFor(taskOf(request.bench.data));
  for (const auto* settings : {&request.stated, &request.assignments})
    for (const std::string& setting : *settings) setFromText(config, setting);
}

Json common(const BenchRequest& request) {
  const RunConfig& config = request.config;
  return {{"model", config.model.kind},
          {"size", config.train.crop},
          {"width", config.model.width},
          {"batch", config.train.batch},
          {"modalities", request.modalities},
          {"threads", config.compute.threads},
          {"device", config.compute.device},
          {"precision", config.compute.precision},
          {"runs", request.runs}};
}

void benchStepCommand(Request& request) {
  settle(request);
  const StepTimes times = benchStep(request.bench);
  const RunConfig& config = request.bench.config;
  if (!request.json) {
    std::printf("%s, %s: %.3f s a step (forward %.3f, backward %.3f), ", config.model.kind.c_str(),
                config.train.method.c_str(), times.seconds, times.forward, times.backward);
    if (times.gigaflops) std::printf("%.0f GFLOP/s, ", *times.gigaflops);
    std::printf("%.2f GB\n", times.peakBytes / 1e9);
    return;
  }
  Json json{{"method", config.train.method}};
  json.update(common(request.bench));
  if (!request.bench.data.empty()) json["data"] = request.bench.data.filename();
  json.update(Json{{"modalities", times.modalities},
                   {"tolerance", config.gmd.tolerance},
                   {"warm", request.bench.warm},
                   {"subsets", times.subsets},
                   {"parameters", times.parameters},
                   {"seconds", times.seconds},
                   {"fastest", times.fastest},
                   {"forward", times.forward},
                   {"backward", times.backward},
                   {"gflops", times.gigaflops ? Json(*times.gigaflops) : Json()},
                   {"rank", times.ranks},
                   {"discarded", times.discarded},
                   {"cosine", times.cosine},
                   {"peak_bytes", times.peakBytes}});
  std::printf("%s\n", jsonText(json).c_str());
}

void benchEvaluateCommand(Request& request) {
  settle(request);
  const EvaluateTimes times = benchEvaluate(request.bench);
  if (!request.json) {
    std::printf("%lld subsets of one volume: %.3f s\n", static_cast<long long>(times.subsets),
                times.seconds);
    return;
  }
  Json json = common(request.bench);
  json.update(Json{{"subsets", times.subsets},
                   {"seconds", times.seconds},
                   {"fastest", times.fastest},
                   {"peak_bytes", times.peakBytes}});
  std::printf("%s\n", jsonText(json).c_str());
}

void addBenchStep(CLI::App& bench) {
  auto request = std::make_shared<Request>();
  CLI::App* command = bench.add_subcommand("step", "Seconds of a training step");
  addSetting(*command, *request, {"--method", "train.method", joined(namesOf(gradientMethods()))});
  addSetting(*command, *request, {"--tolerance", "gmd.tolerance", "0 is exact"});
  command
      ->add_option("--data", request->bench.data,
                   "Folder or file of cases; made-up ones without it")
      ->check(CLI::ExistingPath);
  command->add_option("--warm", request->bench.warm, "Training steps before measuring")
      ->capture_default_str();
  request->bench.config.train.loss = "dice";  // loss and learning rate as in the papers' script
  request->bench.config.train.lr = 8e-4;
  addCommon(*command, *request);
  command->callback([request] { benchStepCommand(*request); });
}

void addBenchEvaluate(CLI::App& bench) {
  auto request = std::make_shared<Request>();
  CLI::App* command = bench.add_subcommand("evaluate", "Seconds for all subsets of one volume");
  request->bench.config.train.crop = 64;
  addCommon(*command, *request);
  command->callback([request] { benchEvaluateCommand(*request); });
}

}  // namespace

void addBench(CLI::App& app) {
  CLI::App* bench = app.add_subcommand("bench", "Measure how long things take");
  bench->require_subcommand(1);
  addBenchStep(*bench);
  addBenchEvaluate(*bench);
}

}  // namespace modascope
