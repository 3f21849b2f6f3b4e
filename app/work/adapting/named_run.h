#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace modascope {

/// How a file in a folder names a run: by where it was, and by where that is as seen from the
/// folder, since both may move together.
struct NamedRun {
  std::filesystem::path place;
  std::optional<std::filesystem::path> fromHere = {};
};

/// Where the run may lie now: where it was, in the same place as seen from the folder, or beside
/// the folder.
std::vector<std::filesystem::path> placesOf(const NamedRun& run,
                                            const std::filesystem::path& folder);

}  // namespace modascope
