#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/imagefolder/npy_header.h"
#include "core/imagefolder/picture_formats.h"

static_assert(std::endian::native == std::endian::little, "NumPy's \"<f4\" is little endian");

namespace modascope::formats {
namespace {

/// IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction.
float fromHalf(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  float value = 0;
  if (exponent == 0)
    value = std::ldexp(static_cast<float>(fraction), -24);
  else if (exponent == 31)
    value = fraction == 0 ? HUGE_VALF : NAN;
  else
    value = std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
  return (bits & 0x8000) != 0 ? -value : value;
}

template <typename Number>
Number numberAt(const char* bytes, bool bigEndian) {
  std::array<char, sizeof(Number)> raw{};
  std::copy_n(bytes, sizeof(Number), raw.begin());
  if (bigEndian) std::reverse(raw.begin(), raw.end());
  return std::bit_cast<Number>(raw);
}

/// How a number of the header's type is read; the header is known to have one of these.
using Read = float (*)(const char*, bool);
template <typename Number>
float readAs(const char* bytes, bool bigEndian) {
  return static_cast<float>(numberAt<Number>(bytes, bigEndian));
}
float readHalf(const char* bytes, bool bigEndian) {
  return fromHalf(numberAt<std::uint16_t>(bytes, bigEndian));
}
float readTruth(const char* bytes, bool) {
  return *bytes != 0 ? 1.0f : 0.0f;
}

Read readerFor(const NpyHeader& header) {
  if (header.kind == 'b') return readTruth;
  const bool isSigned = header.kind == 'i';
  switch (header.bytesEach) {
    case 1:
      return isSigned ? readAs<std::int8_t> : readAs<std::uint8_t>;
    case 2:
      if (header.isFloating()) return readHalf;
      return isSigned ? readAs<std::int16_t> : readAs<std::uint16_t>;
    case 4:
      if (header.isFloating()) return readAs<float>;
      return isSigned ? readAs<std::int32_t> : readAs<std::uint32_t>;
    default:
      if (header.isFloating()) return readAs<double>;
      return isSigned ? readAs<std::int64_t> : readAs<std::uint64_t>;
  }
}

}  // namespace

bool isNpy(std::string_view bytes) {
  return bytes.starts_with("\x93NUMPY");
}

PictureSize npySize(const Content& content) {
  const NpyHeader header = npyHeader(content);
  return {1, header.height, header.width, true};
}

Picture readNpy(const Content& content) {
  const NpyHeader header = npyHeader(content);
  Picture picture{npySize(content), {}};
  const std::size_t pixels = picture.size.pixels();
  if (content.bytes.size() - header.start < pixels * header.bytesEach) {
    throwBroken(content.file, "NumPy array", "it ends too early");
  }
  const Read read = readerFor(header);
  picture.values.resize(pixels);
  const char* bytes = content.bytes.data() + header.start;
  for (std::size_t i = 0; i < pixels; ++i, bytes += header.bytesEach) {
    const std::size_t place =
        header.columnsFirst ? i % header.height * header.width + i / header.height : i;
    picture.values[place] = read(bytes, header.bigEndian);
  }
  return picture;
}

LabelPicture readNpyLabels(const Content& content) {
  if (npyHeader(content).isFloating())
    throw Error(inQuotes(content.file) +
                " is a NumPy array of floating-point numbers; labels are whole numbers.");
  const Picture picture = readNpy(content);
  LabelPicture labels{picture.size.height, picture.size.width, {}};
  labels.values.reserve(picture.values.size());
  for (const float value : picture.values) {
    if (value < 0 || value > 255) throwClass(content.file, static_cast<double>(value));
    labels.values.push_back(static_cast<std::uint8_t>(value));
  }
  return labels;
}

}  // namespace modascope::formats
