#pragma once

#include <QFont>

namespace modascope {

/// Is read from farther away.
inline QFont largerFont(QFont font, double times, bool bold = false) {
  font.setPointSizeF(font.pointSizeF() * times);
  font.setBold(bold);
  return font;
}

}  // namespace modascope
