#include "app/cli/score_cell.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace modascope {

std::string scoreCell(double score, int width, int decimals, bool sign) {
  if (std::isnan(score))
    return std::string(static_cast<std::size_t>(std::max(width - 1, 0)), ' ') + "–";
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), sign ? "%+*.*f" : "%*.*f", width, decimals, score);
  return text.data();
}

}  // namespace modascope
