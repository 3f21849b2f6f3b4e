#include "core/files/atomic_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <streambuf>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

Error writeError(const fs::path& file, int code) {
  const std::string hint =
      code == ENOSPC || code == EDQUOT ? " Free some space and try again." : "";
  return Error(inQuotes(file) + " could not be written: " + std::strerror(code) + "." + hint,
               Fault::System);
}

/// A new file beside its final place; gone again unless it was moved there.
class TemporaryFile : public std::streambuf {
 public:
  explicit TemporaryFile(const fs::path& target)
      : target_(target), path_(temporaryBeside(target)), unfinished_(path_) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw writeError(target_, errno);
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() override {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!moved_) ::unlink(path_.c_str());
  }

  /// errno of the first write that failed; 0 if none did.
  int failure() const { return failure_; }

  void moveIntoPlace() {
    if (sync() != 0) throw writeError(target_, failure_);
    if (::fsync(descriptor_) != 0) throw writeError(target_, errno);
    if (::close(std::exchange(descriptor_, -1)) != 0) throw writeError(target_, errno);
    if (::rename(path_.c_str(), target_.c_str()) != 0) throw writeError(target_, errno);
    moved_ = true;
  }

 protected:
  int_type overflow(int_type c) override {
    if (sync() != 0) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

  int sync() override {
    const bool whole = writeAll(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return whole ? 0 : -1;
  }

  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    if (count < epptr() - pptr()) return std::streambuf::xsputn(bytes, count);
    return sync() == 0 && writeAll(bytes, static_cast<std::size_t>(count)) ? count : 0;
  }

 private:
  bool writeAll(const char* bytes, std::size_t count) {
    while (count > 0 && failure_ == 0) {
      const ssize_t written = ::write(descriptor_, bytes, count);
      if (written < 0 && errno != EINTR) failure_ = errno;
      if (written > 0) {
        bytes += written;
        count -= static_cast<std::size_t>(written);
      }
    }
    return failure_ == 0;
  }

  fs::path target_;
  fs::path path_;
  Unfinished unfinished_;
  int descriptor_ = -1;
  int failure_ = 0;
  bool moved_ = false;
  std::array<char, 1 << 16> buffer_;
};

void makeParents(const fs::path& file) {
  if (!file.has_parent_path()) return;
  std::error_code code;
  fs::create_directories(file.parent_path(), code);
  if (code) {
    throw Error("The folder " + inQuotes(file.parent_path()) +
                    " could not be made: " + code.message() + ".",
                Fault::System);
  }
}

/// The rename itself lasts only when the folder is on disk too. Some file systems cannot; then the
/// file is still whole.
void flushFolder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

void writeAtomically(const fs::path& file, const std::function<void(std::ostream&)>& write) {
  makeParents(file);
  TemporaryFile temporary(file);
  std::ostream stream(&temporary);
  write(stream);
  stream.flush();
  if (!stream) throw writeError(file, temporary.failure() != 0 ? temporary.failure() : EIO);
  temporary.moveIntoPlace();
  flushFolder(file.parent_path());
}

void writeAtomically(const fs::path& file, std::string_view content) {
  writeAtomically(file, [content](std::ostream& stream) {
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  });
}

std::string readText(const fs::path& file, std::uint64_t most) {
  InputFile input(file);
  requireAtMost(file, input.size(), most);
  requireMemory(file, input.size());
  return input.rest();
}

}  // namespace modascope
