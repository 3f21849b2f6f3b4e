#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>

struct stat;  // of POSIX

namespace modascope {

enum class FileKind { Regular, Folder, Pipe, Socket, Device };

/// Tells a file from every other of the machine, whatever it is called.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t number = 0;
  bool operator==(const FileIdentity&) const = default;
};

/// What the file system says of a file without reading it.
struct FileFacts {
  FileKind kind = FileKind::Regular;
  FileIdentity identity;
  std::uint64_t size = 0;       ///< bytes
  std::int64_t modifiedNs = 0;  ///< since 1970
  std::int64_t changedNs = 0;   ///< likewise; no program can put it back
  std::uint64_t owner = 0;      ///< the user's number
};

/// Of what a path leads to; nothing, and why, where it may not be looked at.
std::optional<FileFacts> factsOf(const std::filesystem::path& file, std::error_code& why);
std::optional<FileFacts> factsOf(const std::filesystem::path& file);

/// For this folder only.
FileFacts factsFrom(const struct ::stat& status);

/// Nanoseconds since 1970, by the clock that files are stamped with.
std::int64_t fileClockNs();

/// Whether this user may make files in a folder.
bool mayMakeFilesIn(const std::filesystem::path& folder);

}  // namespace modascope
