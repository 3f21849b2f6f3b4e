#include "core/files/input_file.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

const char* wordFor(FileKind kind) {
  switch (kind) {
    case FileKind::Folder:
      return "a folder";
    case FileKind::Pipe:
      return "a pipe";
    case FileKind::Socket:
      return "a socket";
    default:
      return "a device";
  }
}

Error notOpened(const fs::path& file, const std::error_code& why) {
  std::error_code ignored;
  if (why == std::errc::no_such_file_or_directory)
    return fs::is_symlink(fs::symlink_status(file, ignored))
               ? Error(inQuotes(file) + " is a link that leads nowhere.")
               : Error(inQuotes(file) + " does not exist.");
  if (why == std::errc::no_such_device_or_address)
    return Error(inQuotes(file) + " is a socket, not a file.");
  return Error(inQuotes(file) + " cannot be opened: " + why.message() + ".");
}

}  // namespace

InputFile::InputFile(fs::path file) : path_(std::move(file)) {
  std::error_code why;
  open_ = FileHandle(path_, FileHandle::Use::Read, why);
  if (why) throw notOpened(path_, why);
  const auto facts = open_.facts();
  const FileKind kind = facts ? facts->kind : FileKind::Device;
  if (kind != FileKind::Regular)
    throw Error(inQuotes(path_) + " is " + wordFor(kind) + ", not a file.");
  size_ = facts->size;
}

std::size_t InputFile::read(void* into, std::size_t count) {
  std::error_code why;
  const std::size_t got = open_.readAt(place_, into, count, why);
  if (why) throw Error(inQuotes(path_) + " cannot be read: " + why.message() + ".", Fault::System);
  place_ += got;
  return got;
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
