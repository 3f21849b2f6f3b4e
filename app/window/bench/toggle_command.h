#pragma once

namespace CLI {
class App;
}

namespace modascope {

/// `bench toggle`; `bench` must be there.
void addToggleBench(CLI::App& app);

}  // namespace modascope
