#include "app/window/bench/demo_command.h"

#include <QTemporaryDir>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/window/bench/demo_bench.h"
#include "app/window/bench/spread.h"
#include "core/base/json_text.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

void print(const DemoBenchRequest& request, const DemoTimes& times, bool json) {
  const nlohmann::ordered_json line{
      {"first_picture_s", times.firstPictureS},
      {"slices_ms", medianOf(times.slicesMs)},
      {"slices_ms_most", mostOf(times.slicesMs)},
      {"surfaces_ms", medianOf(times.surfacesMs)},
      {"surfaces_ms_most", mostOf(times.surfacesMs)},
      {"longest_frame_ms", times.longestFrameMs},
      {"frames_per_second", 1000 / meanOf(times.framesMs)},
      {"session_s", request.seconds},
      {"memory_mb", {times.memoryBefore / 1'000'000, times.memoryAfter / 1'000'000}}};
  if (json)
    std::printf("%s\n", jsonText(line).c_str());
  else
    std::printf(
        "First picture after %.2f s. From the switch to the frame, median (longest): slices %.0f "
        "(%.0f) ms, surfaces %.0f (%.0f) ms. Turning: %.0f frames a second. In %.0f s of random "
        "switching the longest frame took %.0f ms; memory %llu → %llu MB.\n",
        times.firstPictureS, medianOf(times.slicesMs), mostOf(times.slicesMs),
        medianOf(times.surfacesMs), mostOf(times.surfacesMs), 1000 / meanOf(times.framesMs),
        request.seconds, times.longestFrameMs,
        static_cast<unsigned long long>(times.memoryBefore / 1'000'000),
        static_cast<unsigned long long>(times.memoryAfter / 1'000'000));
}

void measure(const DemoBenchRequest& request, bool json) {
  const QTemporaryDir own;
  const auto file = request.file.empty() ? std::nullopt : std::optional(request.file);
  runGuided({own.path().toStdString(), file, true}, [&](MainWindow& window) {
    auto bench = std::make_unique<DemoBench>(window, request);
    const DemoBench& measured = *bench;
    QObject::connect(bench.get(), &WindowGuide::finished, bench.get(),
                     [&request, &measured, json] { print(request, measured.times(), json); });
    return bench;
  });
}

}  // namespace

void addDemoBench(CLI::App& app) {
  auto* command = app.get_subcommand("bench")->add_subcommand(
      "demo", "Times of the demonstration: its first picture, switches, and a random session");
  auto request = std::make_shared<DemoBenchRequest>();
  auto json = std::make_shared<bool>(false);
  command->add_option("FILE", request->file, "Demonstration instead of the embedded one");
  command->add_option("--switches", request->switches, "How many are measured")
      ->check(CLI::Range(2, 10000))
      ->capture_default_str();
  command->add_option("--seconds", request->seconds, "Of random switching")
      ->check(CLI::Range(0.5, 36000.0))
      ->capture_default_str();
  command->add_flag("--json", *json, "One line of JSON");
  command->callback([request, json] {
    if (!request->file.empty()) request->file = absolutePath(request->file);
    measure(*request, *json);
  });
}

}  // namespace modascope
