#include "app/cli/options/config_options.h"

#include <CLI/CLI.hpp>

#include "core/base/words.h"
#include "core/config/config_keys.h"

namespace modascope {

void ConfigOptions::addTo(CLI::App& command) {
  command.add_option("--config", file, "Settings, TOML");
  command.add_option("--preset", preset,
                     "Settings to start from: " + joined(presetNames(kDefaultTask)));
  command.add_option("--set", assignments, "One setting, key=value; may be repeated")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  command.add_option("--device", device, "The same as --set compute.device=…");
}

RunConfig ConfigOptions::config(Task task) const {
  RunConfig config = preset == "default" ? standardFor(task) : modascope::preset(preset);
  if (!file.empty()) config = readConfig(file, config);
  for (const std::string& assignment : assignments) setFromText(config, assignment);
  if (!device.empty()) setValue(config, "compute.device", device);
  return config;
}

}  // namespace modascope
