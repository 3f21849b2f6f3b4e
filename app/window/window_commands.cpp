#include "app/window/window_commands.h"

#include "app/window/bench/demo_command.h"
#include "app/window/bench/plots_command.h"
#include "app/window/bench/toggle_command.h"
#include "app/window/bench/turn_command.h"
#include "app/window/tour/tour_command.h"

namespace modascope {

void addWindowCommands(CLI::App& app) {
  addTour(app);
  addToggleBench(app);
  addTurnBench(app);
  addDemoBench(app);
  addPlotsBench(app);
}

}  // namespace modascope
