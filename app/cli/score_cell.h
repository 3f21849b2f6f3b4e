#pragma once

#include <string>

namespace modascope {

/// "   0.846", right in so many columns; a dash for a score that is not defined, such as the
/// correlation with something constant.
std::string scoreCell(double score, int width, int decimals = 3, bool sign = false);

}  // namespace modascope
