#include "core/phantom/phantom.h"

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "core/base/json_text.h"

namespace modascope {
namespace {

constexpr double kHeadMm = 160;  // a head keeps its size in mm whatever the number of voxels

struct Request {
  std::filesystem::path folder;
  PhantomOptions options;
  bool json = false;
};

void writeCohort(Request request) {
  request.options.spacing = kHeadMm / request.options.size;
  writePhantomCohort(request.options, request.folder);
  if (request.json) {
    const nlohmann::ordered_json answer = {{"folder", textOf(request.folder)},
                                           {"cases", request.options.cases},
                                           {"size", request.options.size},
                                           {"spacing_mm", request.options.spacing},
                                           {"seed", request.options.seed}};
    std::puts(jsonText(answer).c_str());
  } else {
    std::printf("%d made-up cases of %d voxels along each axis are in \"%s\".\n",
                request.options.cases, request.options.size, request.folder.c_str());
  }
}

}  // namespace

void addPhantom(CLI::App& app) {
  const auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand("phantom", "Make up a cohort to try everything with");
  command->add_option("--out", request->folder, "The folder to make; it must be new or empty")
      ->required();
  const std::map<std::string, PhantomOrgan> organs{{"brain", PhantomOrgan::Brain},
                                                   {"prostate", PhantomOrgan::Prostate}};
  command
      ->add_option("--problem", request->options.organ,
                   "brain (four modalities, three regions) or prostate (T2, ADC, one region)")
      ->transform(CLI::CheckedTransformer(organs))
      ->option_text("ORGAN");
  command->add_option("--cases", request->options.cases, "How many cases, 1 to 999")
      ->capture_default_str();
  command->add_option("--size", request->options.size, "Voxels along each axis, 16 to 256")
      ->capture_default_str();
  command->add_option("--seed", request->options.seed, "The same seed makes the same cohort")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--json", request->json, "Answer with one line of JSON");
  command->callback([request] { writeCohort(*request); });
}

}  // namespace modascope
