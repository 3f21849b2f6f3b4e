#include "core/base/shell_word.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace modascope {
namespace {

bool isPlain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("_./=:+,-").find(c) != std::string_view::npos;
}

bool continues(std::string_view bytes, std::size_t at) {
  return at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U;
}

/// How many bytes the character at the beginning has; 0: it is not UTF-8, or nothing to see.
std::size_t printableLength(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes.front());
  if (first < 0x80U) return first >= 0x20U && first != 0x7FU ? 1 : 0;
  const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!continues(bytes, i)) return 0;
  const auto second = static_cast<unsigned char>(bytes[1]);
  if (first == 0xC2U && second < 0xA0U) return 0;  // control characters
  const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool outside = (first == 0xEDU && second > 0x9FU) || (first == 0xF4U && second > 0x8FU);
  return overlong || outside ? 0 : length;
}

bool isText(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = printableLength(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string inSingleQuotes(std::string_view text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'')
      word += "'\\''";
    else
      word += c;
  }
  return word + "'";
}

std::string octal(char byte) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\%03o", static_cast<unsigned char>(byte));
  return text.data();
}

std::string escaped(std::string_view bytes) {
  std::string word = "$'";
  while (!bytes.empty()) {
    const std::size_t length = printableLength(bytes);
    const std::string_view one = bytes.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0)
      word += octal(one.front());
    else if (one == "'" || one == "\\")
      (word += '\\') += one;
    else
      word += one;
    bytes.remove_prefix(one.size());
  }
  return word + "'";
}

}  // namespace

std::string shellWord(std::string_view bytes) {
  if (!bytes.empty() && std::all_of(bytes.begin(), bytes.end(), isPlain)) return std::string(bytes);
  return isText(bytes) ? inSingleQuotes(bytes) : escaped(bytes);
}

}  // namespace modascope
