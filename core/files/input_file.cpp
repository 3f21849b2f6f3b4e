#include "core/files/input_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

const char* wordFor(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return "a folder";
    case S_IFIFO:
      return "a pipe";
    case S_IFSOCK:
      return "a socket";
    default:
      return "a device";
  }
}

Error notOpened(const fs::path& file, int code) {
  struct ::stat status {};
  if (code == ENOENT && ::lstat(file.c_str(), &status) == 0 && S_ISLNK(status.st_mode))
    return Error(inQuotes(file) + " is a link that leads nowhere.");
  if (code == ENOENT) return Error(inQuotes(file) + " does not exist.");
  if (code == ENXIO) return Error(inQuotes(file) + " is a socket, not a file.");
  return Error(inQuotes(file) + " cannot be opened: " + std::strerror(code) + ".");
}

}  // namespace

InputFile::InputFile(fs::path file) : path_(std::move(file)) {
  // Without O_NONBLOCK, opening a pipe waits for someone who writes into it.
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor_ < 0) throw notOpened(path_, errno);
  struct ::stat status {};
  const bool known = ::fstat(descriptor_, &status) == 0;
  if (known && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uint64_t>(status.st_size);
    return;
  }
  ::close(descriptor_);
  throw Error(inQuotes(path_) + " is " + wordFor(known ? status.st_mode : S_IFCHR) +
              ", not a file.");
}

InputFile::~InputFile() {
  ::close(descriptor_);
}

std::size_t InputFile::read(void* into, std::size_t count) {
  constexpr std::size_t kAtOnce = std::size_t{1} << 30;  // the system takes no more than 2 GB
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::pread(descriptor_, static_cast<char*>(into) + done,
                                std::min(count - done, kAtOnce), static_cast<off_t>(place_));
    if (got == 0) break;
    if (got < 0 && errno != EINTR)
      throw Error(inQuotes(path_) + " cannot be read: " + std::strerror(errno) + ".",
                  Fault::System);
    if (got > 0) {
      done += static_cast<std::size_t>(got);
      place_ += static_cast<std::uint64_t>(got);
    }
  }
  return done;
}

void InputFile::seek(std::uint64_t place) {
  place_ = place;
}

std::string InputFile::rest(std::uint64_t most) {
  const std::uint64_t left = size_ - std::min(size_, place_);
  std::string bytes(static_cast<std::size_t>(std::min(left, most)), '\0');
  bytes.resize(read(bytes.data(), bytes.size()));
  return bytes;
}

void requireRegularFile(const fs::path& file) {
  const InputFile opened(file);
}

}  // namespace modascope
