#include "core/config/bounded_toml.h"

#include "core/base/error.h"
#include "core/config/toml_bounds.h"

namespace modascope {

toml::table parseToml(std::string_view text, const std::string& source, const std::string& what) {
  const auto at = [&source](std::int64_t line) {
    return source + ", line " + std::to_string(line) + ": ";
  };
  if (const auto excess = tomlExcess(text))
    throw Error(at(excess->line) + what + ": " + excess->words + ".");
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    std::string reason(error.description());
    if (reason.ends_with('.')) reason.pop_back();
    throw Error(at(error.source().begin.line) + "this is no TOML: " + reason + ".");
  }
}

}  // namespace modascope
