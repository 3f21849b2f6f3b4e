#include "core/dicom/dicom_uid.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>

namespace modascope {
namespace {

/// The most significant first; changed by the division.
using Words = std::array<std::uint32_t, 4>;

std::uint32_t divideByTen(Words& number) {
  std::uint64_t rest = 0;
  for (std::uint32_t& word : number) {
    rest = rest << 32u | word;
    word = static_cast<std::uint32_t>(rest / 10);
    rest %= 10;
  }
  return static_cast<std::uint32_t>(rest);
}

/// With the bits that mark a random UUID.
Words randomUuid() {
  std::random_device random;
  Words words{random(), random(), random(), random()};
  words[1] = (words[1] & 0xffff0fffu) | 0x4000u;
  words[2] = (words[2] & 0x3fffffffu) | 0x80000000u;
  return words;
}

}  // namespace

std::string newDicomUid() {
  Words number = randomUuid();
  std::string digits;
  while (number != Words{}) digits += static_cast<char>('0' + divideByTen(number));
  std::reverse(digits.begin(), digits.end());
  return "2.25." + digits;
}

}  // namespace modascope
