#include "core/base/terminal_text.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace modascope {
namespace {

/// How many bytes a character has by its first one; 0 for one that begins none.
std::size_t lengthOf(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/// Nothing when the bytes are no character.
std::optional<std::uint32_t> decoded(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return first;
  std::uint32_t code = first & (0x7fu >> bytes.size());
  for (const char c : bytes.substr(1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) != 0x80) return std::nullopt;
    code = code << 6 | (byte & 0x3fu);
  }
  constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return code < kLeast[bytes.size()] || surrogate || code > 0x10ffff ? std::nullopt
                                                                     : std::optional(code);
}

bool acts(std::uint32_t code) {
  if (code == '\n' || code == '\t') return false;
  const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  const bool turns = code == 0x200e || code == 0x200f || code == 0x061c ||
                     (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return control || turns || code == 0x2028 || code == 0x2029;
}

std::string hex(const char* format, unsigned value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string byteShown(char byte) {
  return hex("\\x%02x", static_cast<unsigned char>(byte));
}

}  // namespace

std::string TerminalText::shown(std::string_view bytes) {
  const std::string all = begun_ + std::string(bytes);
  begun_.clear();
  std::string_view rest = all;
  std::string text;
  while (!rest.empty()) {
    const std::size_t length = lengthOf(static_cast<unsigned char>(rest[0]));
    if (length > rest.size()) {
      begun_ = rest;
      break;
    }
    const auto code = length == 0 ? std::nullopt : decoded(rest.substr(0, length));
    if (!code)
      text += byteShown(rest[0]);
    else if (acts(*code))
      text += hex("\\u%04x", *code);
    else
      text += rest.substr(0, length);
    rest.remove_prefix(code ? length : 1);
  }
  return text;
}

std::string TerminalText::end() {
  std::string text;
  for (const char byte : begun_) text += byteShown(byte);
  begun_.clear();
  return text;
}

std::string withoutControls(std::string_view text) {
  TerminalText all;
  const std::string shown = all.shown(text);
  return shown + all.end();
}

}  // namespace modascope
