#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/options/config_options.h"
#include "app/work/weights_exchange.h"
#include "core/base/json_text.h"
#include "core/cohort/cohort.h"

namespace modascope {
namespace {

constexpr const char* kMapWords = "Name map: modascope, indexed or a JSON file";

struct ShowRequest {
  std::filesystem::path file;
  bool json = false;
};

void show(const ShowRequest& request) {
  for (const TensorFacts& tensor : listTensors(request.file)) {
    if (request.json) {
      const nlohmann::ordered_json line{
          {"name", tensor.name}, {"type", tensor.type}, {"shape", tensor.shape}};
      std::printf("%s\n", jsonText(line).c_str());
      continue;
    }
    const std::string shape = nlohmann::json(tensor.shape).dump();
    std::printf("%-40s %-5s %s\n", tensor.name.c_str(), tensor.type.c_str(), shape.c_str());
  }
}

void offerShow(CLI::App& weights) {
  auto request = std::make_shared<ShowRequest>();
  CLI::App* command = weights.add_subcommand("show", "Names, types and shapes in a file");
  command->add_option("FILE", request->file, "safetensors")->required();
  command->add_flag("--json", request->json, "One line of JSON a tensor");
  command->callback([request] { show(*request); });
}

void offerExport(CLI::App& weights) {
  auto request = std::make_shared<WeightsRequest>();
  CLI::App* command = weights.add_subcommand("export", "A run's weights for use elsewhere");
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--out", request->out, "File to write, .safetensors")->required();
  command->add_option("--checkpoint", request->checkpoint,
                      "last, best, previous or snapshot-000200");
  command->add_option("--map", request->map, kMapWords);
  command->add_option("--subset", request->subset,
                      "Of an adaptation: the set whose adapter is folded in, such as t1,flair");
  command->callback([request] {
    exportRunWeights(*request);
    std::printf("%s\n", request->out.c_str());
  });
}

struct ImportRequest {
  TrainingRequest run;
  InitialWeights from;
  ConfigOptions settings;
};

void offerImport(CLI::App& weights) {
  auto request = std::make_shared<ImportRequest>();
  CLI::App* command =
      weights.add_subcommand("import", "Make a run of weights that were trained elsewhere");
  command->add_option("--from", request->from.file, "Weights, .safetensors")->required();
  command->add_option("--map", request->from.map, kMapWords);
  command->add_option("--data", request->run.data, "Folder of cases that the run is for")
      ->required();
  command->add_option("--out", request->run.runs, "Folder that runs are made in")->required();
  request->settings.addTo(*command);
  command->callback([request] {
    request->run.config = request->settings.config(taskOf(request->run.data));
    request->run.init = request->from;
    std::printf("%s\n", importAsRun(request->run).c_str());
  });
}

}  // namespace

void addWeights(CLI::App& app) {
  CLI::App* weights = app.add_subcommand("weights", "Bring weights in from elsewhere, or out");
  weights->require_subcommand(1);
  offerShow(*weights);
  offerExport(*weights);
  offerImport(*weights);
}

}  // namespace modascope
