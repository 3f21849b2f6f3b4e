#pragma once

namespace CLI {
class App;
}

namespace modascope {

/// `bench turn`; `bench` must be there.
void addTurnBench(CLI::App& app);

}  // namespace modascope
