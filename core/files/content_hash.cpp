#include "core/files/content_hash.h"

#include <new>
#include <vector>

#include <xxhash.h>

#include "core/base/error.h"
#include "core/files/file_stamp.h"
#include "core/system/file_handle.h"

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

Error unreadable(const std::filesystem::path& file, const std::error_code& why) {
  return Error(inQuotes(file) + " cannot be read: " + why.message() + ".");
}

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
  std::error_code why;
  const FileHandle open(file, FileHandle::Use::Read, why);
  if (why) throw unreadable(file, why);
  ContentHash hash;
  std::vector<char> piece(kPiece);
  for (std::uint64_t place = 0;;) {
    if (stop.stop_requested()) return std::nullopt;
    const std::size_t got = open.readAt(place, piece.data(), piece.size(), why);
    if (why) throw unreadable(file, why);
    if (got == 0) return hash.hex();
    hash.add({piece.data(), got});
    place += got;
  }
}

}  // namespace modascope
