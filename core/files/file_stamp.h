#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace modascope {

/// What the file system says of a file without reading it. Whoever writes into a file changes its
/// stamp: `changedNs` moves even where a program puts the time of modification back.
struct FileStamp {
  std::uint64_t size = 0;       ///< bytes
  std::int64_t modifiedNs = 0;  ///< since 1970
  std::int64_t changedNs = 0;   ///< likewise
  std::uint64_t inode = 0;
  std::uint64_t device = 0;

  bool operator==(const FileStamp&) const = default;
};

/// Nothing where there is no regular file, or where it may not be looked at.
std::optional<FileStamp> stampOf(const std::filesystem::path& file);

/// Whether a change after `nowNs` is sure to give another stamp: the file system's clock may stand
/// still for some milliseconds, and for two seconds where it counts whole ones.
bool isSettled(const FileStamp& stamp, std::int64_t nowNs);

}  // namespace modascope
