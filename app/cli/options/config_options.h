#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/config/run_config.h"
#include "core/problem/task.h"

namespace CLI {
class App;
}

namespace modascope {

/// --preset, --config, --set and --device of a command that makes a run. Must live as long as the
/// parser.
struct ConfigOptions {
  std::string preset = "default";
  std::filesystem::path file;
  std::vector<std::string> assignments;
  std::string device;

  void addTo(CLI::App& command);
  /// The preset, then the file, then the single settings.
  /// It starts from what suits the task, or from the preset that was named.
  RunConfig config(Task task = kDefaultTask) const;
};

}  // namespace modascope
