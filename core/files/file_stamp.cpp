#include "core/files/file_stamp.h"

#include <algorithm>
#include <ctime>

#include <sys/stat.h>

namespace modascope {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * kSecond + time.tv_nsec;
}

}  // namespace

std::optional<FileStamp> stampOf(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
  return FileStamp{static_cast<std::uint64_t>(found.st_size), nanoseconds(found.st_mtim),
                   nanoseconds(found.st_ctim), static_cast<std::uint64_t>(found.st_ino),
                   static_cast<std::uint64_t>(found.st_dev)};
}

bool isSettled(const FileStamp& stamp, std::int64_t nowNs) {
  const bool wholeSeconds = stamp.changedNs % kSecond == 0 && stamp.modifiedNs % kSecond == 0;
  const std::int64_t latest = std::max(stamp.changedNs, stamp.modifiedNs);
  return nowNs - latest > (wholeSeconds ? 2 * kSecond : kSecond / 20);
}

std::int64_t fileClockNs() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

}  // namespace modascope
