#pragma once

namespace CLI {
class App;
}

namespace modascope {

/// The commands that need a window: tour and bench toggle.
void addWindowCommands(CLI::App& app);

}  // namespace modascope
