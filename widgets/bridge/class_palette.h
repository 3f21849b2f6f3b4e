#pragma once

#include <QColor>
#include <cstddef>

namespace modascope {

/// So many classes have a colour of their own.
inline constexpr std::size_t kClassColours = 40;

/// The colour of a class of pixels. Classes from 1 on begin with the hues of Okabe & Ito; 0 is
/// mostly the ground. Any two of the forty lie at least 19 apart in CIE L*a*b*; after them the
/// colours come again.
QColor classColour(std::size_t which);

}  // namespace modascope
