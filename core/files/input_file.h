#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/system/file_handle.h"

namespace modascope {

/// A regular file, open for reading. Opening never waits: a pipe, a socket or a device, which would
/// make a reader wait or read without end, is refused by what it is.
class InputFile {
 public:
  /// Throws `Error` naming the file: absent, a link that leads nowhere, a folder, a pipe, a socket,
  /// a device, or not readable by this user.
  explicit InputFile(std::filesystem::path file);

  const std::filesystem::path& path() const { return path_; }
  /// Bytes, as it was opened.
  std::uint64_t size() const { return size_; }
  /// How many bytes were read: fewer than asked for only at the end. Throws `Error` (System).
  std::size_t read(void* into, std::size_t count);
  /// The next byte to be read, from the beginning.
  void seek(std::uint64_t place);
  /// All that follows, at most `most` bytes.
  std::string rest(std::uint64_t most = UINT64_MAX);

 private:
  std::filesystem::path path_;
  FileHandle open_;
  std::uint64_t size_ = 0;
  std::uint64_t place_ = 0;
};

/// Throws as `InputFile` does, without reading.
void requireRegularFile(const std::filesystem::path& file);

}  // namespace modascope
