#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/config/run_config.h"
#include "core/problem/task.h"

namespace modascope {

using ConfigValue = std::variant<std::int64_t, double, std::string>;

/// One setting, described once: TOML, --set, --help-config and the form all come from this.
struct ConfigKey {
  std::string key;              ///< "train.lr"
  std::string label;            ///< "Learning rate", for the form
  std::string words;            ///< one sentence: what it does
  std::string unit;             ///< "mm", "voxels", "steps"; empty if none
  ConfigValue standard;         ///< the default
  std::optional<double> least;  ///< of numbers
  std::optional<double> most;
  std::optional<double> step;        ///< numbers must be a multiple of it
  std::vector<std::string> choices;  ///< of words; empty if free
  std::string also;                  ///< what else a word may be: "cuda:N", "a name"; empty if not
  bool basic = false;                ///< shown in the small form

  std::function<ConfigValue(const RunConfig&)> get;
  std::function<void(RunConfig&, const ConfigValue&)> put;  ///< unchecked; use setValue
  std::function<bool(const std::string&)> fits;  ///< tells the words that `also` speaks of
};

const std::vector<ConfigKey>& configKeys();
/// Throws `Error` naming the key and, where one is near, the key that was probably meant.
const ConfigKey& configKey(std::string_view key);

/// Checks type and range; throws `Error` naming key, value and what is allowed.
void setValue(RunConfig& config, std::string_view key, const ConfigValue& value);
/// The same from text, as --set has it: "train.lr=0.001".
void setFromText(RunConfig& config, std::string_view assignment);

/// Throws `Error` naming file, line and key. Keys that are not in the file keep `base`'s value.
RunConfig readConfig(const std::filesystem::path& tomlFile, const RunConfig& base = {});
RunConfig parseConfig(std::string_view toml, const RunConfig& base = {});
/// Resolved: every key, with its words as comments.
std::string toToml(const RunConfig& config);
std::string toText(const ConfigValue& value);
/// For --help-config.
std::string describeKeys();
/// The assignments by which `config` differs from `base`, {"train.steps=200", …}.
std::vector<std::string> differences(const RunConfig& config, const RunConfig& base = {});

/// "default" or "paper" (the settings of the papers' released script). Throws `Error` otherwise.
RunConfig preset(std::string_view name);
/// Those that suit a task.
std::vector<std::string> presetNames(Task task);
/// The settings that suit a task where nobody says anything else.
RunConfig standardFor(Task task);

}  // namespace modascope
