#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace modascope {

/// The words at one side of a wipe line.
struct WipeWords {
  QString full;    ///< "kept: all", where there is room
  QString little;  ///< "kept", where there is not
};

/// The line that parts two predictions; `at` is 0…1 of the picture's width.
struct Wipe {
  double at = 0.5;
  WipeWords left;
  WipeWords right;
};

/// Where the line lies on the screen, on a whole pixel.
double wipeX(const QRectF& viewport, double at);
/// The place of a screen position, clamped to 0…1.
double wipeAt(const QRectF& viewport, double x);
/// The line, its grip and its words, below the letters at the sides.
void paintWipe(QPainter& painter, const QRectF& viewport, const Wipe& wipe);

}  // namespace modascope
