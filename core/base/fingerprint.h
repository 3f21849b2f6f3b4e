#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace modascope {

inline constexpr std::uint64_t kFnvStart = 14695981039346656037ull;

/// FNV-1a, 64 bits: tells contents apart, is no protection against intent. Feed longer contents
/// piece by piece through `start`.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t start = kFnvStart) {
  std::uint64_t hash = start;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 1099511628211ull;
  }
  return hash;
}

/// 16 hexadecimal digits.
std::string toHex(std::uint64_t value);

}  // namespace modascope
