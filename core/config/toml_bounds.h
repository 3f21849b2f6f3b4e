#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace modascope {

/// Settings of a run and descriptions of a problem nest twice and fit on a few pages; a file beyond
/// these bounds is none of them.
inline constexpr std::uint64_t kLargestToml = 1'000'000;  // bytes

/// What a parser must not be given, as it goes into itself for each level.
struct TomlExcess {
  std::int64_t line = 1;
  std::string words;  ///< "a name has more than 16 parts"
};

/// Goes over a text once, strings and comments apart: lines of more than 10,000 letters, names of
/// more than 16 parts (a.b.c), brackets more than 16 deep. Nothing when all are within bounds.
std::optional<TomlExcess> tomlExcess(std::string_view text);

}  // namespace modascope
