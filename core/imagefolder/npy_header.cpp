#include "core/imagefolder/npy_header.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/error.h"

namespace modascope::formats {
namespace {

// The format: numpy.lib.format. Magic, two bytes of version, the length of a Python dictionary as
// text ({'descr': '<f4', 'fortran_order': False, 'shape': (1024, 1224), }), that text, the values.

constexpr std::size_t kLongest = 1 << 16;  // of a side

/// A dictionary as Python writes it: its three values as they stand there.
struct Entries {
  std::string type;  ///< without its quotes; a list of fields begins with '['
  std::string order;
  std::string shape;
};

[[noreturn]] void throwOther(const Content& content, const std::string& what) {
  throw Error(inQuotes(content.file) + " is a NumPy array " + what +
              "; only arrays of real numbers and of the shape [height, width] are pictures.");
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

void skipSpace(std::string_view& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  text.remove_prefix(std::min(first, text.size()));
}

/// A word in quotes, or what stands up to the comma that belongs to the dictionary.
std::string takeValue(std::string_view& text) {
  skipSpace(text);
  if (text.empty()) return {};
  std::size_t end = 0;
  if (text[0] == '\'' || text[0] == '"') {
    end = std::min(text.find(text[0], 1), text.size());
    const std::string word(text.substr(1, end - 1));
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
  }
  for (int depth = 0; end < text.size(); ++end) {
    const char c = text[end];
    if (depth == 0 && (c == ',' || c == '}' || c == ':')) break;
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
  }
  const std::string value(text.substr(0, end));
  text.remove_prefix(end);
  return value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
}

Entries entriesOf(const Content& content, std::string_view text) {
  Entries entries;
  skipSpace(text);
  while (!text.empty() && text[0] != '}') {
    text.remove_prefix(1);  // { or ,
    skipSpace(text);
    if (text.empty() || text[0] == '}') break;
    const std::string key = takeValue(text);
    skipSpace(text);
    if (text.empty() || text[0] != ':') break;
    text.remove_prefix(1);
    const std::string value = takeValue(text);
    if (key == "descr") entries.type = value;
    if (key == "fortran_order") entries.order = value;
    if (key == "shape") entries.shape = value;
    skipSpace(text);
  }
  if (entries.type.empty() || entries.shape.empty() ||
      (entries.order != "True" && entries.order != "False"))
    throwBroken(content.file, "NumPy array", "its header is not understood");
  return entries;
}

/// "(32, 40)", or "(32L, 40L)" as Python 2 wrote it. Nothing for what is none.
std::optional<std::vector<std::size_t>> sizesIn(std::string_view text) {
  std::vector<std::size_t> sizes;
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  for (skipSpace(text); !text.empty(); skipSpace(text)) {
    std::size_t size = 0, digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      if (size > kLongest) return std::nullopt;
      size = 10 * size + static_cast<std::size_t>(text[digits] - '0');
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    if (text.starts_with('L')) text.remove_prefix(1);
    skipSpace(text);
    if (!text.empty() && text[0] != ',') return std::nullopt;
    if (!text.empty()) text.remove_prefix(1);
    sizes.push_back(size);
  }
  return sizes;
}

/// [H, W, 1] and [1, H, W] are [H, W]. The places of the numbers stay the same in either order.
void takeShape(const Content& content, const std::string& text, NpyHeader& header) {
  auto sizes = sizesIn(text).value_or(std::vector<std::size_t>{});
  while (sizes.size() > 2 && sizes.back() == 1) sizes.pop_back();
  while (sizes.size() > 2 && sizes.front() == 1) sizes.erase(sizes.begin());
  const bool fits = sizes.size() == 2 && *std::min_element(sizes.begin(), sizes.end()) > 0 &&
                    *std::max_element(sizes.begin(), sizes.end()) <= kLongest;
  if (!fits) throwOther(content, "of the shape " + text.substr(0, 60));
  header.height = sizes[0];
  header.width = sizes[1];
}

std::string kindInWords(const std::string& type) {
  if (type.starts_with('[')) return "of records (a structured type)";
  switch (type.size() > 1 ? type[1] : ' ') {
    case 'O':
      return "of Python objects";
    case 'c':
      return "of complex numbers";
    case 'S':
    case 'U':
    case 'a':
      return "of text";
    case 'M':
    case 'm':
      return "of times";
    case 'V':
      return "of raw bytes";
    default:
      return "of the type " + inQuotes(type.substr(0, 40));
  }
}

bool isKnown(char kind, std::size_t bytes) {
  if (kind == 'b') return bytes == 1;
  if (kind == 'f') return bytes == 2 || bytes == 4 || bytes == 8;
  return (kind == 'i' || kind == 'u') && (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8);
}

void takeType(const Content& content, const std::string& type, NpyHeader& header) {
  const bool readable =
      type.size() == 3 && std::string_view("<>|=").find(type[0]) != std::string_view::npos;
  if (readable) {
    header.bigEndian = type[0] == '>';
    header.kind = type[1];
    header.bytesEach = static_cast<std::size_t>(type[2] - '0');
  }
  if (!readable || !isKnown(header.kind, header.bytesEach)) throwOther(content, kindInWords(type));
}

}  // namespace

NpyHeader npyHeader(const Content& content) {
  NpyHeader header;
  const std::string_view text = dictionary(content, header.start);
  const Entries entries = entriesOf(content, text);
  takeType(content, entries.type, header);
  takeShape(content, entries.shape, header);
  header.columnsFirst = entries.order == "True";
  return header;
}

}  // namespace modascope::formats
