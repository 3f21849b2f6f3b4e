#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace modascope {

/// The bytes of a file from its beginning, inflated if it is gzip (whatever its name says),
/// checksums included. Throws `Error` naming the file when it is no regular file, cannot be read or
/// is damaged.
class GzipStream {
 public:
  explicit GzipStream(const std::filesystem::path& file);
  ~GzipStream();

  bool compressed() const;
  /// How many bytes were put into `to`: fewer than it holds only at the end.
  std::size_t read(std::span<unsigned char> to);
  /// Reads to the end, or on to `most` bytes, and counts them.
  std::uint64_t skipToEnd(std::uint64_t most);
  /// Bytes after the last compressed member, known at the end.
  std::uint64_t bytesAfter() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modascope
