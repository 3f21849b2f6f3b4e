#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace modascope {

/// XXH3, 128 bits, of any number of pieces: tells contents apart at the speed of memory, is no
/// protection against intent. As `xxh128sum` prints it.
class ContentHash {
 public:
  ContentHash();
  ~ContentHash();
  ContentHash(const ContentHash&) = delete;
  ContentHash& operator=(const ContentHash&) = delete;

  void add(std::string_view bytes);
  /// 32 hexadecimal digits.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string contentHashOf(std::string_view bytes);
/// Of a regular file, read piece by piece. Nothing when stopped; throws `Error` when it cannot be
/// read.
std::optional<std::string> contentHashOfFile(const std::filesystem::path& file,
                                             const std::stop_token& stop = {});

}  // namespace modascope
