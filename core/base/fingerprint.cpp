#include "core/base/fingerprint.h"

namespace modascope {

std::string toHex(std::uint64_t value) {
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, value >>= 4) {
    *digit = "0123456789abcdef"[value & 15u];
  }
  return digits;
}

}  // namespace modascope
