#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// A zip container in memory, read by name; nothing of it is ever written to a disk.
class ZipReader {
 public:
  /// Throws `Error` naming `file` when it is no zip or cut off, or when one of its names leads out
  /// of it ("../x") or stands twice. `bytes` must outlive the reader.
  ZipReader(std::string_view bytes, std::string file);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  bool has(const std::string& name) const;
  const std::vector<std::string>& names() const { return names_; }
  /// Throws `Error` when it is not there, larger than `most` bytes, or damaged.
  std::string read(const std::string& name, std::uint64_t most) const;
  /// Throws `Error` likewise, and when it has another size.
  std::string readExactly(const std::string& name, std::uint64_t size) const;

 private:
  struct Archive;
  std::uint64_t sizeOf(const std::string& name) const;
  [[noreturn]] void refuse(const std::string& what) const;

  std::string file_;
  std::unique_ptr<Archive> archive_;
  std::vector<std::string> names_;
};

/// Parts of a zip container; the same parts make the same bytes.
class ZipWriter {
 public:
  /// `packed`: deflated; else as it is.
  void add(std::string name, std::string bytes, bool packed = true);
  /// The container. Throws `Error` (System).
  std::string finish() const;

 private:
  struct Part {
    std::string name;
    std::string bytes;
    bool packed;
  };
  std::vector<Part> parts_;
};

}  // namespace modascope
