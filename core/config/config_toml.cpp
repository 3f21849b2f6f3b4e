#include <sstream>

#include "core/base/error.h"
#include "core/config/bounded_toml.h"
#include "core/config/config_keys.h"
#include "core/config/toml_bounds.h"
#include "core/files/atomic_file.h"
#include "core/files/file_kind.h"

namespace modascope {
namespace {

ConfigValue valueOf(const std::string& key, const toml::node& node) {
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* real = node.as_floating_point()) return real->get();
  if (const auto* word = node.as_string()) return word->get();
  std::ostringstream kind;
  kind << node.type();
  throw Error(key + " is of the kind " + inQuotes(kind.str()) +
              "; a number or a word in quotation marks is expected.");
}

void takeTable(RunConfig& config, const toml::table& table, const std::string& prefix,
               const std::string& source) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const auto* inner = node.as_table()) {
      takeTable(config, *inner, key + ".", source);
      continue;
    }
    try {
      configKey(key);
      setValue(config, key, valueOf(key, node));
    } catch (const Error& error) {
      throw wrongAt(source, node.source().begin.line, error.what());
    }
  }
}

RunConfig parsed(std::string_view text, const RunConfig& base, const std::string& source) {
  RunConfig config = base;
  takeTable(config, parseToml(text, source, "these are no settings"), "", source);
  return config;
}

/// A regular expression has backslashes.
std::string tomlWord(const std::string& word) {
  std::ostringstream text;
  text << toml::value<std::string>(word);
  return text.str();
}

/// A double keeps its point, a word its quotation marks.
std::string tomlText(const ConfigValue& value) {
  const std::string text = toText(value);
  if (std::holds_alternative<std::string>(value)) return tomlWord(text);
  const bool looksWhole = text.find_first_of(".e") == std::string::npos;
  return std::holds_alternative<double>(value) && looksWhole ? text + ".0" : text;
}

}  // namespace

RunConfig parseConfig(std::string_view toml, const RunConfig& base) {
  return parsed(toml, base, "The settings");
}

RunConfig readConfig(const std::filesystem::path& tomlFile, const RunConfig& base) {
  refuseOtherKind(tomlFile, Wanted::Settings);
  return parsed(readText(tomlFile, kLargestToml), base, inQuotes(tomlFile));
}

std::string toToml(const RunConfig& config) {
  std::string text = "# Every setting of a run, resolved.\n";
  std::string section;
  for (const auto& key : configKeys()) {
    const auto dot = key.key.find('.');
    if (key.key.substr(0, dot) != section) {
      section = key.key.substr(0, dot);
      text += "\n[" + section + "]\n";
    }
    text += "# " + key.words + "\n" + key.key.substr(dot + 1) + " = " + tomlText(key.get(config)) +
            "\n";
  }
  return text;
}

}  // namespace modascope
