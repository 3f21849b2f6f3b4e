#include <bit>
#include <cstring>
#include <limits>
#include <optional>

#include "core/imagefolder/picture_formats.h"

static_assert(std::endian::native == std::endian::little, "NumPy's \"<f4\" is little endian");

namespace modascope::formats {
namespace {

// The format: numpy.lib.format. Magic, two bytes of version, the length of a Python dictionary as
// text ({'descr': '<f4', 'fortran_order': False, 'shape': (1024, 1224), }), that text, the values.
constexpr std::string_view kMagic = "\x93NUMPY";

struct Header {
  std::size_t height = 0, width = 0;
  std::size_t bytesEach = 4;
  std::size_t start = 0;  ///< where the values begin
};

[[noreturn]] void throwShape(const Content& content) {
  throwBroken(content.file, "picture",
              "it is a NumPy array, of which only those of real numbers (float32, float64) and of "
              "the shape [height, width] are pictures");
}

std::string_view dictionary(const Content& content, std::size_t& start) {
  const std::string& bytes = content.bytes;
  const bool first = bytes.size() > 10 && bytes[6] == 1;
  const std::size_t field = first ? 2 : 4;
  if (bytes.size() < 8 + field) throwBroken(content.file, "NumPy array", "it ends too early");
  std::size_t length = 0;
  for (std::size_t i = 0; i < field; ++i) {
    length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[8 + i])) << (8 * i);
  }
  start = 8 + field + length;
  if (start > bytes.size()) throwBroken(content.file, "NumPy array", "it ends too early");
  return std::string_view(bytes).substr(8 + field, length);
}

std::optional<std::size_t> numberAt(std::string_view text, std::size_t& place) {
  while (place < text.size() && (text[place] == ' ' || text[place] == ',')) ++place;
  const std::size_t first = place;
  std::size_t number = 0;
  for (; place < text.size() && text[place] >= '0' && text[place] <= '9'; ++place) {
    if (number > 1'000'000) return std::nullopt;
    number = 10 * number + static_cast<std::size_t>(text[place] - '0');
  }
  if (place == first) return std::nullopt;
  return number;
}

Header headerOf(const Content& content) {
  Header header;
  const std::string_view text = dictionary(content, header.start);
  const bool wide = text.find("'<f8'") != std::string_view::npos;
  const bool real = wide || text.find("'<f4'") != std::string_view::npos;
  const bool rows = text.find("'fortran_order': False") != std::string_view::npos;
  std::size_t place = text.find('(');
  if (!real || !rows || place == std::string_view::npos) throwShape(content);
  ++place;
  const auto height = numberAt(text, place);
  const auto width = numberAt(text, place);
  if (!height || !width || numberAt(text, place)) throwShape(content);
  return {*height, *width, wide ? 8u : 4u, header.start};
}

template <typename Number>
float valueAt(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return static_cast<float>(number);
}

}  // namespace

bool isNpy(std::string_view bytes) {
  return bytes.starts_with(kMagic);
}

PictureSize npySize(const Content& content) {
  const Header header = headerOf(content);
  return {1, header.height, header.width};
}

Picture readNpy(const Content& content) {
  const Header header = headerOf(content);
  Picture picture{{1, header.height, header.width}, {}};
  if (content.bytes.size() - header.start < picture.size.pixels() * header.bytesEach) {
    throwBroken(content.file, "NumPy array", "it ends too early");
  }
  const char* bytes = content.bytes.data() + header.start;
  for (std::size_t i = 0; i < picture.size.pixels(); ++i, bytes += header.bytesEach) {
    picture.values.push_back(header.bytesEach == 8 ? valueAt<double>(bytes)
                                                   : valueAt<float>(bytes));
  }
  return picture;
}

}  // namespace modascope::formats
