#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/work/training/benchmark.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/cohort/cohort.h"
#include "core/config/config_keys.h"
#include "core/networks/fact_rows.h"
#include "core/networks/method_facts.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;

struct Request {
  BenchRequest bench;
  std::vector<std::string> assignments;
  bool json = false;
};

void addCommon(CLI::App& command, Request& request) {
  RunConfig& config = request.bench.config;
  config.model.width = 0.5;
  command.add_option("--model", config.model.kind, "Network")->capture_default_str();
  command.add_option("--size", config.train.crop, "Voxels along each axis")->capture_default_str();
  command.add_option("--width", config.model.width, "Width of the network")->capture_default_str();
  command.add_option("--batch", config.train.batch, "Cases in a batch")->capture_default_str();
  command.add_option("--modalities", request.bench.modalities, "How many")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  command.add_option("--threads", config.compute.threads, "0: one for each core that may be used")
      ->capture_default_str();
  command.add_option("--device", config.compute.device, "auto, cpu or cuda:N")
      ->capture_default_str();
  command.add_option("--precision", config.compute.precision, "float32 or bfloat16")
      ->capture_default_str();
  command.add_option("--runs", request.bench.runs, "Of which the median is told")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--set", request.assignments, "Any setting of a run, key=value")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  command.add_flag("--json", request.json, "One line of JSON");
}

/// The options go through the same checks as a run's settings.
void checkSettings(Request& request) {
  RunConfig checked;
  for (const ConfigKey& key : configKeys())
    setValue(checked, key.key, key.get(request.bench.config));
  for (const std::string& assignment : request.assignments) setFromText(checked, assignment);
  request.bench.config = checked;
}

/// On data, what nobody said is as in a run on them.
void startFromData(const CLI::App& command, Request& request) {
  constexpr std::pair<const char*, const char*> kSettings[] = {{"--model", "model.kind"},
                                                               {"--size", "train.crop"},
                                                               {"--width", "model.width"},
                                                               {"--batch", "train.batch"},
                                                               {"--threads", "compute.threads"},
                                                               {"--device", "compute.device"},
                                                               {"--precision", "compute.precision"},
                                                               {"--method", "train.method"},
                                                               {"--tolerance", "gmd.tolerance"}};
  RunConfig config = standardFor(taskOf(request.bench.data));
  for (const auto& [option, key] : kSettings)
    if (command.count(option) > 0)
      configKey(key).put(config, configKey(key).get(request.bench.config));
  request.bench.config = config;
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

void benchStepCommand(const CLI::App& command, Request& request) {
  if (!request.bench.data.empty()) startFromData(command, request);
  checkSettings(request);
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
  checkSettings(request);
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
  RunConfig& config = request->bench.config;
  command->add_option("--method", config.train.method, joined(namesOf(gradientMethods())))
      ->capture_default_str();
  command->add_option("--tolerance", config.gmd.tolerance, "gmd.tolerance; 0 is exact")
      ->capture_default_str();
  command
      ->add_option("--data", request->bench.data,
                   "Folder or file of cases; made-up ones without it")
      ->check(CLI::ExistingPath);
  command->add_option("--warm", request->bench.warm, "Training steps before measuring")
      ->capture_default_str();
  config.train.loss = "dice";  // loss and learning rate as in the papers' script
  config.train.lr = 8e-4;
  addCommon(*command, *request);
  command->callback([command, request] { benchStepCommand(*command, *request); });
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
