#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"

namespace modascope {

/// How a file in a folder names a run: by where it was, and by where that is as seen from the
/// folder, since both may move together.
struct NamedRun {
  std::filesystem::path place;
  std::optional<std::filesystem::path> fromHere = {};
};

/// From "base" and "base_from_here", where `key` is "base". Throws as reading JSON does.
NamedRun namedRun(const nlohmann::ordered_json& json, const std::string& key);

/// Where the run may lie now: where it was, in the same place as seen from the folder, or beside
/// the folder.
std::vector<std::filesystem::path> placesOf(const NamedRun& run,
                                            const std::filesystem::path& folder);

/// That such a file says; more is a mistake.
constexpr std::int64_t kMostSteps = 1'000'000'000'000;

/// Of a file that says what it should not.
Error notUnderstood(const std::filesystem::path& file, const std::exception& why);

}  // namespace modascope
