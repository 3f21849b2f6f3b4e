#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/work/one_step.h"
#include "core/config/config_keys.h"

namespace modascope {
namespace {

struct Request {
  OneStepRequest step;
  std::filesystem::path config;
  std::string preset = "default";
  std::vector<std::string> assignments;
  bool json = false;
};

void step(Request& request) {
  RunConfig config = preset(request.preset);
  if (!request.config.empty()) config = readConfig(request.config, config);
  for (const std::string& assignment : request.assignments) setFromText(config, assignment);
  request.step.config = config;
  const OneStepOutcome outcome = computeOneStep(request.step);
  if (request.json) {
    nlohmann::ordered_json losses;
    for (std::size_t s = 0; s < outcome.losses.size(); ++s)
      losses[outcome.subsets[s]] = outcome.losses[s];
    const nlohmann::ordered_json line{{"file", request.step.out.string()},
                                      {"losses", losses},
                                      {"gradient_norm", outcome.gradientNorm}};
    std::printf("%s\n", line.dump().c_str());
    return;
  }
  for (std::size_t s = 0; s < outcome.losses.size(); ++s)
    std::printf("loss %.6f  %s\n", outcome.losses[s], outcome.subsets[s].c_str());
  std::printf("norm of the merged gradient %.6g; all of it is in %s\n", outcome.gradientNorm,
              request.step.out.c_str());
}

}  // namespace

void addStep(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand(
      "step", "Compute one training step and write all of it, to be checked elsewhere");
  command->add_option("--out", request->step.out, "Safetensors file to write")->required();
  command->add_option("--data", request->step.data, "Folder of cases; made-up ones without it");
  command->add_option("--step", request->step.step, "Which step's batch and choices, from 0")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--config", request->config, "Settings, TOML");
  command->add_option("--preset", request->preset, "Settings to start from: default or paper");
  command->add_option("--set", request->assignments, "One setting, key=value; may be repeated")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  command->add_flag("--json", request->json, "Losses and norm as one line of JSON");
  command->callback([request] { step(*request); });
}

}  // namespace modascope
