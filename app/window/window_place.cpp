#include "app/window/window_place.h"

#include <QGuiApplication>
#include <QScreen>
#include <QWidget>
#include <algorithm>

namespace modascope {
namespace {

/// Of a window that no window manager has framed yet: a title and thin sides.
constexpr QMargins kUsualFrame(2, 32, 2, 2);

QMargins frameOf(const QWidget& window) {
  const QRect outer = window.frameGeometry(), inner = window.geometry();
  if (outer == inner) return kUsualFrame;
  return {inner.left() - outer.left(), inner.top() - outer.top(), outer.right() - inner.right(),
          outer.bottom() - inner.bottom()};
}

}  // namespace

QRect placeWithin(const QRect& wanted, const QMargins& frame, const QRect& screen) {
  const QRect room = screen.marginsRemoved(frame);
  const QSize size = wanted.size().boundedTo(room.size());
  const QPoint corner(
      std::clamp(wanted.left(), room.left(), room.left() + room.width() - size.width()),
      std::clamp(wanted.top(), room.top(), room.top() + room.height() - size.height()));
  return {corner, size};
}

void keepOnScreen(QWidget& window) {
  if (window.isMaximized() || window.isFullScreen()) return;
  const QScreen* screen = QGuiApplication::screenAt(window.geometry().center());
  if (screen == nullptr) screen = QGuiApplication::primaryScreen();
  const QRect place = placeWithin(window.geometry(), frameOf(window), screen->availableGeometry());
  if (place != window.geometry()) window.setGeometry(place);
}

void sizeForScreen(QWidget& window, const QSize& wanted) {
  const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
  window.resize(wanted.boundedTo(screen.marginsRemoved(kUsualFrame).size()));
}

}  // namespace modascope
