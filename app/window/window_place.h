#pragma once

#include <QMargins>
#include <QRect>

class QWidget;

namespace modascope {

/// Where a window of the rectangle `wanted` goes, without its frame, so that it lies on `screen`
/// with the frame: where it is if it can, else moved, else smaller.
QRect placeWithin(const QRect& wanted, const QMargins& frame, const QRect& screen);
/// The same of a window on its screen, or on the first one. No change where it lies there.
void keepOnScreen(QWidget& window);
/// No larger than the first screen, wherever the window manager puts it.
void sizeForScreen(QWidget& window, const QSize& wanted);

}  // namespace modascope
