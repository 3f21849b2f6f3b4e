#pragma once

#include <filesystem>
#include <string>

namespace modascope {

/// A file or folder that is being made and means nothing before it is whole. A program that is
/// asked to end in the middle (`endAtOnce`) takes it away. Any thread.
class Unfinished {
 public:
  explicit Unfinished(const std::filesystem::path& path);
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

 private:
  std::filesystem::path path_;
};

/// Ends the program now, whatever its other threads do, with nothing half made left behind.
/// Nothing new is begun from here on.
[[noreturn]] void endAtOnce(int exitCode);

/// A hidden name beside `target` that no other process takes, whatever its number, and that is not
/// too long where the target's own is not.
std::filesystem::path temporaryBeside(const std::filesystem::path& target);
/// Removes what programs that were killed left of such files. Only for who holds the folder.
void sweepTemporaries(const std::filesystem::path& folder);
bool isTemporary(const std::filesystem::path& file);

}  // namespace modascope
