#include "app/window/tour/tour_command.h"

#include <QApplication>
#include <QString>
#include <cstdio>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/settings/app_settings.h"
#include "app/window/main_window.h"
#include "app/window/termination.h"
#include "app/window/tour/tour.h"
#include "app/window/virtual_display.h"
#include "app/window/window_app.h"
#include "core/base/error.h"

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
  ensureDisplay();
  int argc = 1;
  char name[] = "modascope";
  char* argv[] = {name, nullptr};
  const auto app = makeWindowApp(argc, argv);
  AppSettings settings(options.out / "settings.ini");  // the user's own stay as they are
  settings.reset();
  settings.setRunsFolder(options.out / "runs");
  settings.setCacheFolder(options.out / "data");
  MainWindow window(settings);
  Tour tour(window, options);
  std::optional<QString> wrong;
  const auto end = [&] { window.closeWithoutAsking(); };
  QObject::connect(&tour, &Tour::finished, app.get(), end);
  QObject::connect(&tour, &Tour::failed, app.get(), [&](const QString& sentence) {
    wrong = sentence;
    end();
  });
  const TerminationNotice termination([&] {
    wrong = Tour::tr("The tour was stopped.");
    end();
  });
  window.resize(1600, 1000);
  window.show();
  window.begin(std::nullopt);
  tour.begin();
  QApplication::exec();
  if (wrong) throw Error(wrong->toStdString(), Fault::System);
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
    options->out = fs::absolute(options->out);
    runTour(*options);
  });
}

}  // namespace modascope
