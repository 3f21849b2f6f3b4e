#include "core/base/name_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace modascope {
namespace {

std::uint8_t byteAt(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

bool isContinuation(std::string_view text, std::size_t i) {
  return i < text.size() && (byteAt(text, i) & 0xC0) == 0x80;
}

/// Of the character that begins at `i`, as RFC 3629 has them; 0 if none does.
std::size_t lengthAt(std::string_view text, std::size_t i) {
  const std::uint8_t first = byteAt(text, i);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if (!isContinuation(text, i + k)) return 0;
  const std::uint8_t second = byteAt(text, i + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool tooLarge = first == 0xF4 && second >= 0x90;
  return overlong || surrogate || tooLarge ? 0 : length;
}

/// 0…15; nothing else is one.
int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Whether "\xe4" stands at `i`.
bool isEscape(std::string_view text, std::size_t i) {
  return i + 3 < text.size() && text[i] == '\\' && text[i + 1] == 'x' &&
         hexDigit(text[i + 2]) >= 0 && hexDigit(text[i + 3]) >= 0;
}

void appendEscaped(std::string& text, std::uint8_t byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  text += "\\x";
  text += kDigits[byte >> 4];
  text += kDigits[byte & 0xF];
}

/// C0, DEL and C1 (U+0080 to U+009F, two bytes).
bool isControl(std::string_view text, std::size_t i, std::size_t length) {
  if (length == 1) return byteAt(text, i) < 0x20 || byteAt(text, i) == 0x7F;
  return length == 2 && byteAt(text, i) == 0xC2 && byteAt(text, i + 1) < 0xA0;
}

struct Escaped {
  bool escapes = false;   ///< backslashes that begin what reads as an escape
  bool controls = false;  ///< control characters
};

std::string escaped(std::string_view name, Escaped also) {
  std::string text;
  text.reserve(name.size());
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t length = lengthAt(name, i);
    const std::size_t bytes = std::max<std::size_t>(length, 1);
    const bool plain = length > 0 && !(also.escapes && isEscape(name, i)) &&
                       !(also.controls && isControl(name, i, length));
    if (plain)
      text += name.substr(i, bytes);
    else
      for (std::size_t k = 0; k < bytes; ++k) appendEscaped(text, byteAt(name, i + k));
    i += bytes;
  }
  return text;
}

}  // namespace

std::string textOfName(std::string_view name) {
  return escaped(name, {.escapes = true});
}

std::string textOf(const std::filesystem::path& path) {
  return textOfName(path.native());
}

std::filesystem::path pathFrom(std::string_view text) {
  return nameFromText(text);
}

std::string validText(std::string_view text) {
  return escaped(text, {});
}

std::string cellText(std::string_view text) {
  return escaped(text, {.controls = true});
}

std::string nameFromText(std::string_view text) {
  std::string name;
  name.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!isEscape(text, i)) {
      name += text[i];
      continue;
    }
    name += static_cast<char>(hexDigit(text[i + 2]) * 16 + hexDigit(text[i + 3]));
    i += 3;
  }
  return name;
}

std::size_t columnsOf(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace modascope
