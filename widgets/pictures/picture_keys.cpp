#include "widgets/pictures/picture_keys.h"

#include <algorithm>

namespace modascope {

std::optional<PictureStyle> styleAfter(int key, PictureStyle style, const PictureClasses& classes) {
  switch (key) {
    case Qt::Key_S:
      style.visible = !style.visible;
      break;
    case Qt::Key_O:
      style.truthLines = !style.truthLines;
      break;
    case Qt::Key_B:
      style.ground = !style.ground;
      break;
    case Qt::Key_T:
      style.content = contentAfter(style.content, classes);
      break;
    case Qt::Key_A:
      style.opacity -= 0.05;
      break;
    case Qt::Key_D:
      style.opacity += 0.05;
      break;
    default:
      return std::nullopt;
  }
  style.opacity = std::clamp(style.opacity, 0.0, 1.0);
  return style;
}

std::optional<QPoint> stepOf(int key) {
  switch (key) {
    case Qt::Key_Left:
      return QPoint(-1, 0);
    case Qt::Key_Right:
      return QPoint(1, 0);
    case Qt::Key_Up:
      return QPoint(0, -1);
    case Qt::Key_Down:
      return QPoint(0, 1);
    default:
      return std::nullopt;
  }
}

}  // namespace modascope
