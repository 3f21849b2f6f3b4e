#include "core/config/bounded_toml.h"

#include <algorithm>

#include "core/config/toml_bounds.h"

namespace modascope {

Error wrongAt(const std::string& source, std::int64_t line, const std::string& sentence) {
  return Error(source + ", line " + std::to_string(std::max<std::int64_t>(1, line)) + ": " +
               sentence);
}

toml::table parseToml(std::string_view text, const std::string& source, const std::string& what) {
  if (const auto excess = tomlExcess(text))
    throw wrongAt(source, excess->line, what + ": " + excess->words + ".");
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    std::string reason(error.description());
    if (reason.ends_with('.')) reason.pop_back();
    throw wrongAt(source, error.source().begin.line, "this is no TOML: " + reason + ".");
  }
}

}  // namespace modascope
