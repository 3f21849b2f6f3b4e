#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "core/base/error.h"

namespace modascope {

/// "…, line 3: " in front of what is wrong there. What stands on no line is said of the first.
Error wrongAt(const std::string& source, std::int64_t line, const std::string& sentence);

/// The tables of a text within the bounds of toml_bounds.h. Throws `Error` with the file and the
/// line: "…, line 3: this is no TOML: …", or "…: these are no settings: …" where `what` is
/// "these are no settings" and the text is beyond the bounds.
toml::table parseToml(std::string_view text, const std::string& source, const std::string& what);

}  // namespace modascope
