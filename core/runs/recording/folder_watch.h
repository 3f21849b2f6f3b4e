#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/system/file_handle.h"

namespace modascope {

/// Notices that a run's folder, or a file that makes it a run, is no longer where it was.
class FolderWatch {
 public:
  explicit FolderWatch(const std::filesystem::path& folder);

  /// Throws `Error` (System) saying what became of it.
  void requireInPlace() const;
  /// Where the folder is now; nothing if it was deleted.
  std::optional<std::filesystem::path> place() const;

 private:
  std::filesystem::path folder_;
  FileHandle open_;
  std::optional<FileIdentity> identity_;
  /// What was there at the start. Of some only that they are there: they are replaced as a whole.
  std::vector<std::filesystem::path> files_;
  std::optional<FileIdentity> metrics_;
};

/// "; its last checkpoint is intact", where there is one: what a run that had to stop leaves
/// behind.
std::string whatIsLeft(const std::filesystem::path& run);

}  // namespace modascope
