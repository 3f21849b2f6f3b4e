#pragma once

namespace CLI {
class App;
}

namespace modascope {

/// `bench plots`; `bench` must be there.
void addPlotsBench(CLI::App& app);

}  // namespace modascope
