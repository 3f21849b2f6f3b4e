#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "core/system/file_facts.h"

namespace modascope {

/// An open file, which closes itself and is not handed on to other programs. What the system
/// refuses is told by `why`, which is clear where all went well.
class FileHandle {
 public:
  enum class Use {
    Read,    ///< opening never waits, whatever it is
    Create,  ///< for writing; there must be none yet
    Share,   ///< for reading and writing; made where there is none; no link is followed
    Place    ///< a folder, only to know where it is
  };
  enum class Lock { Shared, Exclusive };

  FileHandle() = default;
  FileHandle(const std::filesystem::path& file, Use use, std::error_code& why);
  ~FileHandle();
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;

  bool isOpen() const { return descriptor_ >= 0; }
  std::optional<FileFacts> facts() const;
  /// Bytes read from `place` on: fewer than asked for only at the end, or as `why` says.
  std::size_t readAt(std::uint64_t place, void* into, std::size_t count,
                     std::error_code& why) const;
  /// All of them, after what was written before.
  void write(std::string_view bytes, std::error_code& why);
  /// In the place of what the file holds, as far as there is room.
  void replaceContent(std::string_view bytes);
  /// Returns when what was written is on the disk, or at once where a file system cannot say so.
  void flush(std::error_code& why);
  void close(std::error_code& why);
  /// Does not wait; the hold ends when the file is closed, or its program ends.
  void lock(Lock kind, std::error_code& why);
  /// Where the file or folder is now, if the system tells.
  std::optional<std::filesystem::path> place() const;

 private:
  int descriptor_ = -1;
};

/// Whether the lock was refused because somebody else holds one, and whether because the file's
/// system knows no locks.
bool isHeldByOther(const std::error_code& why);
bool knowsNoLocks(const std::error_code& why);

/// Makes what was renamed in a folder last. Some file systems cannot.
void flushFolder(const std::filesystem::path& folder);

}  // namespace modascope
