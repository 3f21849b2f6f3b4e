#include "app/window/bench/toggle_command.h"

#include <QTemporaryDir>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/window/bench/spread.h"
#include "app/window/bench/toggle_bench.h"
#include "core/base/json_text.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

void print(const ToggleRequest& request, const ToggleTimes& times, bool json) {
  const auto& size = times.size;
  if (json) {
    const nlohmann::ordered_json line{{"slices_ms", medianOf(times.slicesMs)},
                                      {"slices_ms_most", mostOf(times.slicesMs)},
                                      {"surfaces_ms", medianOf(times.surfacesMs)},
                                      {"surfaces_ms_most", mostOf(times.surfacesMs)},
                                      {"triangles", times.triangles},
                                      {"toggles", times.slicesMs.size()},
                                      {"views", times.views},
                                      {"size", {size[0], size[1], size[2]}},
                                      {"training", request.training}};
    std::printf("%s\n", jsonText(line).c_str());
    return;
  }
  std::printf(
      "From the click to the frame, median (longest): slices %.0f (%.0f) ms, surfaces %.0f (%.0f) "
      "ms, %lld triangles, %zu views of %lld×%lld×%lld voxels\n",
      medianOf(times.slicesMs), mostOf(times.slicesMs), medianOf(times.surfacesMs),
      mostOf(times.surfacesMs), static_cast<long long>(times.triangles), times.views,
      static_cast<long long>(size[0]), static_cast<long long>(size[1]),
      static_cast<long long>(size[2]));
}

void measure(const ToggleRequest& request, bool json) {
  const QTemporaryDir own;
  runGuided({own.path().toStdString(), request.data}, [&](MainWindow& window) {
    auto bench = std::make_unique<ToggleBench>(window, request);
    const ToggleBench& measured = *bench;
    QObject::connect(bench.get(), &WindowGuide::finished, bench.get(),
                     [&request, &measured, json] { print(request, measured.times(), json); });
    return bench;
  });
}

}  // namespace

void addToggleBench(CLI::App& app) {
  auto* command = app.get_subcommand("bench")->add_subcommand(
      "toggle", "Time from a click on a modality to the picture, in the window");
  auto request = std::make_shared<ToggleRequest>();
  auto json = std::make_shared<bool>(false);
  command->add_option("--run", request->run, "Folder of a trained run")->required();
  command->add_option("--case", request->data, "Folder of the case")->required();
  command->add_option("--toggles", request->toggles, "How many clicks")
      ->check(CLI::Range(2, 10000))
      ->capture_default_str();
  command->add_flag("--training", request->training, "While the case's network is being trained");
  command->add_flag("--json", *json, "One line of JSON");
  command->callback([request, json] {
    request->run = absolutePath(request->run);
    request->data = absolutePath(request->data);
    measure(*request, *json);
  });
}

}  // namespace modascope
