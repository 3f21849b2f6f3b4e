#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/cohort/cohort.h"
#include "core/files/file_stamp.h"

namespace modascope {

/// A file as it was when its content was last read.
struct KnownFile {
  FileStamp stamp;
  std::string hash;  ///< `contentHashOfFile`
  bool operator==(const KnownFile&) const = default;
};

/// What reading a cohort's files has told, kept between two starts of the program in one file a
/// cohort below `cacheFolder()`. It saves time and never more: a cache that is damaged, of another
/// version, not readable or not writable is as none. Two programs may write at once; the later one
/// counts. Its `const` functions may be called by several threads.
class LookCache {
 public:
  /// Of the cohort at this place; reads what there is.
  explicit LookCache(const std::filesystem::path& cohort);

  /// The content's hash if the file still has the stamp that it had when it was hashed.
  std::optional<std::string> hashOf(const std::filesystem::path& file,
                                    const FileStamp& stamp) const;
  void keep(const std::filesystem::path& file, const KnownFile& known);

  /// What the voxels of a case told, when its files and all else were as `key` says.
  std::optional<CaseInfo> lookOf(const CaseInfo& headers, const std::string& key) const;
  void keep(const CaseInfo& looked, const std::string& key);

  /// Writes it if anything is new. Does not throw.
  void save() noexcept;

 private:
  struct Look {
    std::string key;
    CaseInfo info;  ///< without the files
  };
  void read(const std::string& bytes);
  std::string bytes() const;

  std::filesystem::path file_;  ///< empty: there is no place for it
  std::map<std::string, KnownFile> files_;
  std::map<std::string, Look> looks_;
  bool changed_ = false;
};

}  // namespace modascope
