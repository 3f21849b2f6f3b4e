#include "core/volume/gzip/gzip_stream.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <zlib.h>

#include "core/base/error.h"
#include "core/files/input_file.h"

namespace modascope {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, gzip framing, checksum verified

}  // namespace

struct GzipStream::State {
  explicit State(const std::filesystem::path& path) : file(path), input(path) {}

  std::filesystem::path file;
  InputFile input;
  std::uint64_t taken = 0;  ///< bytes read of the file
  std::vector<unsigned char> buffer = std::vector<unsigned char>(1 << 16);
  z_stream zlib{};
  bool compressed = false;
  bool ended = false;
  std::uint64_t bytesAfter = 0;

  ~State() {
    if (compressed) inflateEnd(&zlib);
  }

  /// Reads the next block unless bytes are waiting; false at the end of the file.
  bool refill() {
    if (zlib.avail_in > 0) return true;
    zlib.next_in = buffer.data();
    zlib.avail_in = static_cast<uInt>(input.read(buffer.data(), buffer.size()));
    taken += zlib.avail_in;
    return zlib.avail_in > 0;
  }

  bool atMagic() const {
    return zlib.avail_in > 0 && zlib.next_in[0] == 0x1f &&
           (zlib.avail_in == 1 || zlib.next_in[1] == 0x8b);
  }

  void open() {
    if (!refill()) return;
    compressed = atMagic() && zlib.avail_in > 1;
    if (compressed && inflateInit2(&zlib, kGzipWindow) != Z_OK) {
      compressed = false;
      throw Error("There is not enough memory to read " + file.string() + ".", Fault::System);
    }
  }

  std::size_t readPlain(std::span<unsigned char> to) {
    std::size_t done = 0;
    while (done < to.size() && refill()) {
      const std::size_t part = std::min<std::size_t>(to.size() - done, zlib.avail_in);
      std::copy_n(zlib.next_in, part, to.data() + done);
      zlib.next_in += part;
      zlib.avail_in -= static_cast<uInt>(part);
      done += part;
    }
    return done;
  }

  /// After a member: another one follows, or the stream has ended and the rest is not ours.
  void finishMember() {
    if (refill() && atMagic()) {
      inflateReset(&zlib);
      return;
    }
    ended = true;
    bytesAfter = input.size() - std::min(input.size(), taken - zlib.avail_in);
  }

  std::size_t readInflated(std::span<unsigned char> to) {
    zlib.next_out = to.data();
    zlib.avail_out = static_cast<uInt>(to.size());
    while (zlib.avail_out > 0 && !ended) {
      if (!refill()) {
        throw Error(file.string() + " is truncated: its compressed data stop too early. Copy or " +
                    "download the file again.");
      }
      const int result = inflate(&zlib, Z_NO_FLUSH);
      if (result == Z_STREAM_END) {
        finishMember();
      } else if (result != Z_OK) {
        throw Error(file.string() + " is damaged: its compressed data do not add up (" +
                    (zlib.msg != nullptr ? zlib.msg : "zlib error") +
                    "). Copy or download the file again.");
      }
    }
    return to.size() - zlib.avail_out;
  }
};

GzipStream::GzipStream(const std::filesystem::path& file) : state_(std::make_unique<State>(file)) {
  state_->open();
}

GzipStream::~GzipStream() = default;

bool GzipStream::compressed() const {
  return state_->compressed;
}

std::size_t GzipStream::read(std::span<unsigned char> to) {
  return state_->compressed ? state_->readInflated(to) : state_->readPlain(to);
}

std::uint64_t GzipStream::skipToEnd(std::uint64_t most) {
  std::vector<unsigned char> block(1 << 18);
  std::uint64_t count = 0;
  while (count < most) {
    const std::size_t got = read(block);
    if (got == 0) break;
    count += got;
  }
  return count;
}

std::uint64_t GzipStream::bytesAfter() const {
  return state_->bytesAfter;
}

}  // namespace modascope
