#include "app/window/tour/tour_command.h"

#include <cstdio>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/window/tour/tour.h"
#include "core/base/error.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

void makeFolder(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) {
    throw Error(
        "The folder " + folder.string() + " for the tour cannot be made: " + why.message() + ".",
        Fault::System);
  }
}

void runTour(const TourOptions& options) {
  makeFolder(options.out);
  runGuided({options.out, std::nullopt},
            [&](MainWindow& window) { return std::make_unique<Tour>(window, options); });
  std::printf("The tour's pictures and report.html are in %s\n", options.out.c_str());
}

}  // namespace

void addTour(CLI::App& app) {
  app.footer(
      "Without a command the window opens: modascope [--settings-path FILE] [--reset] [FOLDER]");
  auto* command =
      app.add_subcommand("tour", "Pictures and a report of the window on the embedded phantom");
  auto options = std::make_shared<TourOptions>();
  command->add_option("--out", options->out, "Folder for the pictures and the report")->required();
  command->add_option("--steps", options->steps, "Steps of training")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  command->callback([options] {
    options->out = absolutePath(options->out);
    runTour(*options);
  });
}

}  // namespace modascope
