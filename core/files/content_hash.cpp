#include "core/files/content_hash.h"

#include <cerrno>
#include <cstring>
#include <new>
#include <vector>

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include "core/base/error.h"
#include "core/files/file_stamp.h"

namespace modascope {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;  // bytes

std::string hexOf(const XXH128_hash_t& hash) {
  XXH128_canonical_t canonical{};
  XXH128_canonicalFromHash(&canonical, hash);
  std::string digits;
  for (const unsigned char byte : canonical.digest) {
    digits += "0123456789abcdef"[byte >> 4];
    digits += "0123456789abcdef"[byte & 15u];
  }
  return digits;
}

Error unreadable(const std::filesystem::path& file, int code) {
  return Error(inQuotes(file) + " cannot be read: " + std::strerror(code) + ".");
}

/// An open file that closes itself.
struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

struct ContentHash::State {
  XXH3_state_t* xxh = XXH3_createState();
  State() {
    if (xxh == nullptr) throw std::bad_alloc();
    XXH3_128bits_reset(xxh);
  }
  ~State() { XXH3_freeState(xxh); }
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {}
ContentHash::~ContentHash() = default;

void ContentHash::add(std::string_view bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
}

std::string ContentHash::hex() const {
  return hexOf(XXH3_128bits_digest(state_->xxh));
}

std::string contentHashOf(std::string_view bytes) {
  return hexOf(XXH3_128bits(bytes.data(), bytes.size()));
}

std::optional<std::string> contentHashOfFile(const std::filesystem::path& file,
                                             const std::stop_token& stop) {
  // A pipe would be waited for when it is opened.
  if (!stampOf(file)) throw Error(inQuotes(file) + " is not there, or is no file to be read.");
  const Descriptor open{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (open.number < 0) throw unreadable(file, errno);
  ContentHash hash;
  std::vector<char> piece(kPiece);
  for (;;) {
    if (stop.stop_requested()) return std::nullopt;
    const ssize_t got = ::read(open.number, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw unreadable(file, errno);
    if (got == 0) return hash.hex();
    hash.add({piece.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace modascope
