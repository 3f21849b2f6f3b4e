#include "core/system/file_facts.h"

#include <cerrno>
#include <ctime>

#include <sys/stat.h>
#include <unistd.h>

namespace modascope {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileKind kindOf(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return FileKind::Regular;
    case S_IFDIR:
      return FileKind::Folder;
    case S_IFIFO:
      return FileKind::Pipe;
    case S_IFSOCK:
      return FileKind::Socket;
    default:
      return FileKind::Device;
  }
}

}  // namespace

FileFacts factsFrom(const struct ::stat& status) {
  FileFacts facts;
  facts.kind = kindOf(status.st_mode);
  facts.identity = {status.st_dev, status.st_ino};
  facts.size = static_cast<std::uint64_t>(status.st_size);
  facts.modifiedNs = nanoseconds(status.st_mtim);
  facts.changedNs = nanoseconds(status.st_ctim);
  facts.owner = status.st_uid;
  return facts;
}

std::optional<FileFacts> factsOf(const std::filesystem::path& file, std::error_code& why) {
  struct ::stat status {};
  why.clear();
  if (::stat(file.c_str(), &status) == 0) return factsFrom(status);
  why = {errno, std::generic_category()};
  return std::nullopt;
}

std::optional<FileFacts> factsOf(const std::filesystem::path& file) {
  std::error_code ignored;
  return factsOf(file, ignored);
}

std::int64_t fileClockNs() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

bool mayMakeFilesIn(const std::filesystem::path& folder) {
  return ::access(folder.c_str(), W_OK | X_OK) == 0;
}

}  // namespace modascope
