#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/options/config_options.h"
#include "app/cli/progress.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/resume.h"
#include "app/work/training/extending.h"
#include "app/work/training/training.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/shell_word.h"
#include "core/cohort/cohort.h"
#include "core/config/config_keys.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path data;
  std::filesystem::path out;
  std::filesystem::path resume;
  ConfigOptions settings;
  InitialWeights init;
  bool json = false;
};

/// What `--resume` may change of a run: to how many steps it goes. Where nothing is asked for, the
/// run is not looked at: an adaptation goes on as soon as its plan is there.
std::optional<std::int64_t> stepsOfResume(const Request& request) {
  if (request.settings.assignments.empty()) return std::nullopt;
  const RunConfig recorded = RunFolder::open(request.resume).config();
  RunConfig wanted = recorded;
  for (const std::string& assignment : request.settings.assignments)
    setFromText(wanted, assignment);
  RunConfig extended = recorded;
  extended.train.steps = wanted.train.steps;
  const auto others = differences(wanted, extended);
  if (!others.empty()) {
    std::string words;
    for (const std::string& one : others) {
      const std::string key = one.substr(0, one.find('='));
      words += (words.empty() ? "" : ", ") + one + " (it has " +
               toText(configKey(key).get(recorded)) + ")";
    }
    throw Error(
        "--resume goes on with a run's own settings, of which only train.steps can be "
        "raised; not used: " +
        words + ".");
  }
  if (wanted.train.steps == recorded.train.steps) return std::nullopt;
  return wanted.train.steps;
}

void requireSensible(const Request& request) {
  if (!request.resume.empty()) {
    if (!request.data.empty() || !request.out.empty() || !request.settings.file.empty() ||
        request.settings.preset != "default" || !request.settings.device.empty() ||
        !request.init.file.empty())
      throw Error(
          "--resume goes on with a run as it is; --data, --out, --config, --preset, --device and "
          "--init are for new runs, and --set may only raise train.steps.");
    return;
  }
  if (request.data.empty() || request.out.empty())
    throw Error("train needs --data DIR and --out RUNS, or --resume RUN.");
}

void report(const TrainingOutcome& outcome, bool json) {
  const std::string state(keyOf(outcome.state));
  if (json) {
    const nlohmann::ordered_json line{{"run", textOf(outcome.run)},
                                      {"state", state},
                                      {"steps", outcome.steps},
                                      {"seconds", outcome.seconds}};
    std::printf("%s\n", jsonText(line).c_str());
    return;
  }
  if (outcome.run.empty()) {
    std::printf("Stopped before the first step; no run was made.\n");
    return;
  }
  std::printf("%s: %s after %lld steps, %.0f s\n", outcome.run.c_str(), state.c_str(),
              static_cast<long long>(outcome.steps), outcome.seconds);
  if (outcome.state == RunState::Interrupted)
    std::printf("modascope train --resume %s goes on with it.\n",
                shellWord(outcome.run.string()).c_str());
}

TrainingRequest newRun(const Request& request) {
  TrainingRequest run{request.data, request.out, request.settings.config(taskOf(request.data))};
  if (!request.init.file.empty()) run.init = request.init;
  return run;
}

TrainingOutcome outcomeOf(const Request& request, const TrainingControl& control) {
  if (request.resume.empty()) return startTraining(newRun(request), control);
  if (const auto steps = stepsOfResume(request))
    return extendTraining(request.resume, *steps, control);
  return resumeTraining(request.resume, control);
}

void train(const Request& request) {
  requireSensible(request);
  ProgressLine training;
  AdaptationProgress adapting;
  TrainingControl control;
  control.observer = isAdaptation(request.resume) ? &adapting : &training;
  control.stop = Interrupt::token();
  control.onFolder = [&](const std::filesystem::path& folder) {
    training.endLine();
    adapting.endLine();
    std::fprintf(stderr, "run %s\n", folder.c_str());
  };
  const TrainingOutcome outcome = outcomeOf(request, control);
  std::fprintf(stderr, "\n");
  report(outcome, request.json);
}

}  // namespace

void addTrain(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand("train", "Train a network, or go on with a run");
  command->add_option("--data", request->data,
                      "Folder of cases or pictures, or a file of features");
  command->add_option("--out", request->out, "Folder that runs are made in");
  command->add_option("--resume", request->resume,
                      "Run to go on with; --set train.steps=N extends it");
  request->settings.addTo(*command);
  command->add_option("--init", request->init.file, "Weights to start from, safetensors");
  command->add_option("--map", request->init.map,
                      "Name map of --init: modascope, indexed or a JSON file");
  command->add_flag("--json", request->json, "The outcome as one line of JSON");
  command->add_flag_callback(
      "--help-config",
      [] {
        std::fputs(describeKeys().c_str(), stdout);
        throw CLI::Success();
      },
      "Explain every setting");
  command->callback([request] { train(*request); });
}

}  // namespace modascope
