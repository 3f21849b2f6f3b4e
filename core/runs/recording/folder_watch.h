#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace modascope {

/// Notices that a run's folder, or a file that makes it a run, is no longer where it was.
class FolderWatch {
 public:
  explicit FolderWatch(const std::filesystem::path& folder);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// Throws `Error` (System) saying what became of it.
  void requireInPlace() const;
  /// Where the folder is now; nothing if it was deleted.
  std::optional<std::filesystem::path> place() const;

 private:
  struct Identity {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
    bool operator==(const Identity&) const = default;
  };
  static std::optional<Identity> identityOf(const std::filesystem::path& path);
  /// A disk that does not answer has not lost it.
  static bool isLost(const std::filesystem::path& path, const std::optional<Identity>& identity);

  std::filesystem::path folder_;
  int descriptor_ = -1;
  std::optional<Identity> identity_;
  /// What was there at the start. Of some only that they are there: they are replaced as a whole.
  std::vector<std::filesystem::path> files_;
  std::optional<Identity> metrics_;
};

/// "; its last checkpoint is intact", where there is one: what a run that had to stop leaves
/// behind.
std::string whatIsLeft(const std::filesystem::path& run);

}  // namespace modascope
