#include "core/volume/gzip/gzip_writing.h"

#include <algorithm>
#include <array>

#include <zlib.h>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr int kGzipWindow = 15 + 16;                   // zlib: the largest window, gzip framing
constexpr int kMemory = 8;                             // zlib's own choice
constexpr std::size_t kAtOnce = std::size_t{1} << 30;  // zlib counts in 32 bits

class Deflater {
 public:
  explicit Deflater(std::ostream& to) : to_(to) {
    if (deflateInit2(&zlib_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemory,
                     Z_DEFAULT_STRATEGY) != Z_OK)
      throw Error("There is not enough memory to compress a file.", Fault::System);
  }
  ~Deflater() { deflateEnd(&zlib_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void add(Bytes part) {
    while (!part.empty() && to_) {
      const Bytes piece = part.first(std::min(part.size(), kAtOnce));
      zlib_.next_in = const_cast<unsigned char*>(piece.data());  // which is only read
      zlib_.avail_in = static_cast<uInt>(piece.size());
      deflateOn(Z_NO_FLUSH);
      part = part.subspan(piece.size());
    }
  }
  void finish() { deflateOn(Z_FINISH); }

 private:
  /// Until zlib has taken all that it was given.
  void deflateOn(int flush) {
    do {
      zlib_.next_out = out_.data();
      zlib_.avail_out = static_cast<uInt>(out_.size());
      deflate(&zlib_, flush);
      to_.write(reinterpret_cast<const char*>(out_.data()),
                static_cast<std::streamsize>(out_.size() - zlib_.avail_out));
    } while (zlib_.avail_out == 0 && to_);
  }

  std::ostream& to_;
  z_stream zlib_{};
  std::array<unsigned char, 1 << 16> out_;
};

}  // namespace

void writeGzip(std::ostream& to, const std::vector<Bytes>& parts) {
  Deflater deflater(to);
  for (const Bytes& part : parts) deflater.add(part);
  deflater.finish();
}

}  // namespace modascope
