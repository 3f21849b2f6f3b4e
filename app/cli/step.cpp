#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/options/config_options.h"
#include "app/work/steps/one_step.h"
#include "core/base/json_text.h"
#include "core/cohort/cohort.h"

namespace modascope {
namespace {

struct Request {
  OneStepRequest step;
  ConfigOptions config;
  bool json = false;
};

void step(Request& request) {
  const bool phantoms = request.step.data.empty();
  request.step.config = request.config.config(phantoms ? kDefaultTask : taskOf(request.step.data));
  const OneStepOutcome outcome = computeOneStep(request.step);
  if (request.json) {
    nlohmann::ordered_json losses;
    for (std::size_t s = 0; s < outcome.losses.size(); ++s)
      losses[outcome.subsets[s]] = outcome.losses[s];
    const nlohmann::ordered_json line{{"file", textOf(request.step.out)},
                                      {"losses", losses},
                                      {"gradient_norm", outcome.gradientNorm}};
    std::printf("%s\n", jsonText(line).c_str());
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
  request->config.addTo(*command);
  command->add_flag("--json", request->json, "Losses and norm as one line of JSON");
  command->callback([request] { step(*request); });
}

}  // namespace modascope
