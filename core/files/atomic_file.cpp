#include "core/files/atomic_file.h"

#include <array>
#include <cerrno>
#include <streambuf>

#include "core/base/error.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"
#include "core/files/unfinished.h"
#include "core/system/file_handle.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

Error writeError(const fs::path& file, const std::error_code& why) {
  const bool full = why == std::errc::no_space_on_device || why.value() == EDQUOT;
  return Error(inQuotes(file) + " could not be written: " + why.message() + "." +
                   (full ? " Free some space and try again." : ""),
               Fault::System);
}

/// A new file beside its final place; gone again unless it was moved there.
class TemporaryFile : public std::streambuf {
 public:
  explicit TemporaryFile(const fs::path& target)
      : target_(target), path_(temporaryBeside(target)), unfinished_(path_) {
    file_ = FileHandle(path_, FileHandle::Use::Create, failure_);
    if (failure_) throw writeError(target_, failure_);
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() override {
    std::error_code ignored;
    if (!moved_) fs::remove(path_, ignored);
  }

  /// Of the first write that failed.
  const std::error_code& failure() const { return failure_; }

  void moveIntoPlace() {
    if (sync() == 0) file_.flush(failure_);
    if (!failure_) file_.close(failure_);
    if (!failure_) fs::rename(path_, target_, failure_);
    if (failure_) throw writeError(target_, failure_);
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
    if (!failure_) file_.write({bytes, count}, failure_);
    return !failure_;
  }

  fs::path target_;
  fs::path path_;
  Unfinished unfinished_;
  FileHandle file_;
  std::error_code failure_;
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

}  // namespace

void writeAtomically(const fs::path& file, const std::function<void(std::ostream&)>& write) {
  makeParents(file);
  TemporaryFile temporary(file);
  std::ostream stream(&temporary);
  write(stream);
  stream.flush();
  if (!stream)
    throw writeError(file, temporary.failure() ? temporary.failure()
                                               : std::make_error_code(std::errc::io_error));
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
