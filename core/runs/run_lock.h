#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/system/file_handle.h"

namespace modascope {

/// Holds a run's folder, so that one program at a time records into it. The hold is the process's
/// (`flock` on the folder's file `lock`): it ends with it, however it ends.
class RunLock {
 public:
  /// Throws `Error` naming the program that holds the folder, and where the file cannot be made.
  explicit RunLock(const std::filesystem::path& run);
  ~RunLock();
  RunLock(RunLock&& other) noexcept = default;
  RunLock& operator=(RunLock&&) = delete;

  /// False where the folder's file system knows no locks: others are then told by state.json alone.
  bool isFirm() const { return firm_; }
  /// What the user should know then.
  std::optional<std::string> caution() const;

 private:
  std::filesystem::path run_;
  FileHandle file_;
  bool firm_ = true;
};

/// Whether a file of this name in a run's folder is the lock.
bool isLockFile(const std::filesystem::path& file);

}  // namespace modascope
