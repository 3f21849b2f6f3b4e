#pragma once

namespace CLI {
class App;
}

namespace modascope {

/// `bench demo`; `bench` must be there.
void addDemoBench(CLI::App& app);

}  // namespace modascope
