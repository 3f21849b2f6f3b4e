#pragma once

namespace CLI {
class App;
}

namespace modascope {

/// `modascope tour --out DIR [--steps N]`: the real window on the embedded phantom, its pictures
/// and a report. Without a display it runs itself again under xvfb-run.
void addTour(CLI::App& app);

}  // namespace modascope
