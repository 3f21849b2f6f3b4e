#include "core/system/file_handle.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr int kNobodyElses = O_CLOEXEC;

int flagsOf(FileHandle::Use use) {
  switch (use) {
    case FileHandle::Use::Read:  // without O_NONBLOCK, a pipe waits for someone who writes into it
      return O_RDONLY | O_NONBLOCK | O_NOCTTY;
    case FileHandle::Use::Create:
      return O_WRONLY | O_CREAT | O_EXCL;
    case FileHandle::Use::Share:
      return O_RDWR | O_CREAT | O_NOFOLLOW;
    case FileHandle::Use::Place:
      break;
  }
  return O_PATH | O_DIRECTORY;
}

std::error_code reason() {
  return {errno, std::generic_category()};
}

/// Calls until it is not interrupted: what it returned.
template <typename Call>
auto repeated(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

}  // namespace

FileHandle::FileHandle(const fs::path& file, Use use, std::error_code& why)
    : descriptor_(::open(file.c_str(), flagsOf(use) | kNobodyElses, 0666)) {
  why = descriptor_ < 0 ? reason() : std::error_code();
}

FileHandle::~FileHandle() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

std::optional<FileFacts> FileHandle::facts() const {
  struct ::stat status {};
  if (::fstat(descriptor_, &status) != 0) return std::nullopt;
  return factsFrom(status);
}

std::size_t FileHandle::readAt(std::uint64_t place, void* into, std::size_t count,
                               std::error_code& why) const {
  constexpr std::size_t kAtOnce = std::size_t{1} << 30;  // the system takes no more than 2 GB
  why.clear();
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = repeated([&] {
      return ::pread(descriptor_, static_cast<char*>(into) + done, std::min(count - done, kAtOnce),
                     static_cast<off_t>(place + done));
    });
    if (got < 0) why = reason();
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void FileHandle::write(std::string_view bytes, std::error_code& why) {
  why.clear();
  while (!bytes.empty()) {
    const ssize_t written =
        repeated([&] { return ::write(descriptor_, bytes.data(), bytes.size()); });
    if (written < 0) {
      why = reason();
      return;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void FileHandle::replaceContent(std::string_view bytes) {
  if (::ftruncate(descriptor_, 0) != 0) return;
  [[maybe_unused]] const auto written = ::pwrite(descriptor_, bytes.data(), bytes.size(), 0);
}

void FileHandle::flush(std::error_code& why) {
  const bool flushed = ::fsync(descriptor_) == 0 || errno == EINVAL;
  why = flushed ? std::error_code() : reason();
}

void FileHandle::close(std::error_code& why) {
  why = ::close(std::exchange(descriptor_, -1)) == 0 ? std::error_code() : reason();
}

void FileHandle::lock(Lock kind, std::error_code& why) {
  const int how = (kind == Lock::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  why = repeated([&] { return ::flock(descriptor_, how); }) == 0 ? std::error_code() : reason();
}

std::optional<fs::path> FileHandle::place() const {
  std::error_code unknown;
  const fs::path now = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor_), unknown);
  if (unknown) return std::nullopt;
  return now;
}

bool isHeldByOther(const std::error_code& why) {
  return why == std::errc::operation_would_block;
}

bool knowsNoLocks(const std::error_code& why) {
  return why == std::errc::no_lock_available || why == std::errc::operation_not_supported ||
         why == std::errc::function_not_supported || why == std::errc::invalid_argument;
}

void flushFolder(const fs::path& folder) {
  const int descriptor =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | kNobodyElses);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace modascope
