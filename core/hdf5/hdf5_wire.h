#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace modascope::hdf5 {

// How this program and the one that reads HDF5 (hdf5_reader.cpp) talk over a socket: frames, each a
// head and so many bytes. A request is one frame: what is asked, then a path or a name. An answer
// is one frame of facts and, where values were asked for, frames of values until all have come.
// Both programs run on one machine, so numbers go as they lie in memory.

enum class Ask : std::uint8_t { Open, Members, Look, Floats, Integers, Texts, Attribute };
enum class Found : std::uint8_t { Nothing, Group, DataSet, OtherThing };
/// `Refused` and `Failed` carry a sentence, as `Fault::Request` and `Fault::System` do.
enum class Answer : std::uint32_t { Good, Refused, Failed };

struct FrameHead {
  Answer answer = Answer::Good;
  std::uint32_t length = 0;
};

constexpr std::uint32_t kLongestFrame = 1u << 24;

/// Puts values behind one another.
class Packer {
 public:
  template <typename Value>
  Packer& put(Value value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  Packer& putText(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Takes them out again. Throws `std::out_of_range` where there are fewer bytes than promised: the
/// other side may have been damaged by what it read.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  template <typename Value>
  Value take() {
    static_assert(std::is_trivially_copyable_v<Value>);
    Value value;
    std::memcpy(&value, next(sizeof value).data(), sizeof value);
    return value;
  }
  std::string takeText() { return std::string(next(take<std::uint32_t>())); }
  bool atEnd() const { return rest_.empty(); }

 private:
  std::string_view next(std::size_t size) {
    if (size > rest_.size()) throw std::out_of_range("a frame is too short");
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  std::string_view rest_;
};

}  // namespace modascope::hdf5
