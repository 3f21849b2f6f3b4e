#include "app/window/bench/turn_command.h"

#include <QApplication>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <numeric>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/inspect/volumes/scene_turn.h"
#include "app/window/termination.h"
#include "app/window/virtual_display.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/cohort/cohort.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path folder;
  int frames = 60;
  bool json = false;
};

void print(const SceneTurn& turn, bool json) {
  const auto& ms = turn.framesMs();
  const double mean = std::accumulate(ms.begin(), ms.end(), 0.0) / static_cast<double>(ms.size());
  const double longest = *std::max_element(ms.begin(), ms.end());
  const nlohmann::ordered_json line{{"frames_per_second", 1000 / mean},
                                    {"frame_ms_most", longest},
                                    {"frames", ms.size()},
                                    {"triangles", turn.triangles()},
                                    {"width", SceneTurn::kSize.width()},
                                    {"height", SceneTurn::kSize.height()}};
  if (json)
    std::printf("%s\n", jsonText(line).c_str());
  else
    std::printf("%.1f frames a second at %d × %d, the longest %.0f ms, %lld triangles\n",
                1000 / mean, SceneTurn::kSize.width(), SceneTurn::kSize.height(), longest,
                static_cast<long long>(turn.triangles()));
}

void measure(const Request& request) {
  const auto app = makeCommandApp();
  SceneTurn turn(openCase(request.folder), request.frames);
  bool through = false;
  QObject::connect(&turn, &SceneTurn::finished, app.get(), [&] {
    through = true;
    QApplication::quit();
  });
  const TerminationNotice termination([] { QApplication::quit(); });
  turn.begin();
  QApplication::exec();
  if (!through) throw Error("It was stopped before its end.", Fault::System);
  print(turn, request.json);
}

}  // namespace

void addTurnBench(CLI::App& app) {
  auto* command = app.get_subcommand("bench")->add_subcommand(
      "turn", "Frames a second of regions that are turned round in 3D");
  auto request = std::make_shared<Request>();
  command->add_option("--case", request->folder, "Folder of a case with segmentation")->required();
  command->add_option("--frames", request->frames, "How many")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { measure(*request); });
}

}  // namespace modascope
