#include "core/problem/corruption.h"

#include <cstddef>

namespace modascope {

std::string_view keyOf(Corruption corruption) {
  constexpr std::array<std::string_view, kCorruptions.size()> kKeys = {"absent", "noise",
                                                                       "constant", "shuffled"};
  return kKeys[static_cast<std::size_t>(corruption)];
}

}  // namespace modascope
