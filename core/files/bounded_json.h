#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace modascope {

/// What a JSON document may ask of its reader.
struct JsonLimits {
  std::size_t bytes = 64'000'000;
  int depth = 32;                 ///< tables and lists within each other
  std::size_t keys = 10'000'000;  ///< in one table
};

/// Every JSON that is read comes through here. Time and memory grow with the text's length alone,
/// and a key that a table has twice is an error, as one of its values would be lost. Throws `Error`
/// with a part of a sentence, such as "it is no JSON: a value is expected at byte 12".
nlohmann::json parseJson(std::string_view text, const JsonLimits& limits = {});
/// The same, with the keys of a table in their order; a table has at most 4000, for they are sought
/// one by one.
nlohmann::ordered_json parseOrderedJson(std::string_view text, const JsonLimits& limits = {});

/// The same of files. Throw `Error` naming the file.
nlohmann::json readJson(const std::filesystem::path& file, const JsonLimits& limits = {});
nlohmann::ordered_json readOrderedJson(const std::filesystem::path& file,
                                       const JsonLimits& limits = {});

}  // namespace modascope
