#pragma once

#include <filesystem>
#include <vector>

namespace modascope {

/// What lies at a path, as far as it can be found out. None of these throws, whatever the path:
/// what may not be looked at, is called by too long a name or hangs in a loop of links is not
/// there.
bool isThere(const std::filesystem::path& path);
bool isFile(const std::filesystem::path& path);
bool isFolder(const std::filesystem::path& path);
/// Whether both lead to the same file or folder; of what is not there, whether they are written
/// alike.
bool samePlace(const std::filesystem::path& a, const std::filesystem::path& b);

/// As `path` is, where the folder that the program works in cannot be found out.
std::filesystem::path absolutePath(const std::filesystem::path& path);
/// Absolute, and without links as far as they can be followed.
std::filesystem::path realPath(const std::filesystem::path& path);

/// What lies in a folder, sorted, as far as it can be read.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);
/// Throws `Error` (System) where a folder that was written to before is no longer there.
void requireStillThere(const std::filesystem::path& folder);

}  // namespace modascope
