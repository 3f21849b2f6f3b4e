#include "app/demo/kiosk.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace modascope {
namespace {

constexpr qint64 kTwiceMs = 1500;

bool isInput(QEvent::Type type) {
  return type == QEvent::KeyPress || type == QEvent::MouseButtonPress ||
         type == QEvent::MouseMove || type == QEvent::Wheel || type == QEvent::TouchBegin ||
         type == QEvent::ShortcutOverride;
}

}  // namespace

Kiosk::Kiosk(std::chrono::milliseconds patience, QObject* parent) : QObject(parent) {
  patience_.setSingleShot(true);
  patience_.setInterval(patience);
  connect(&patience_, &QTimer::timeout, this, &Kiosk::abandoned);
  patience_.start();
  sinceInput_.start();
  QCoreApplication::instance()->installEventFilter(this);
}

/// A key comes to the window first and then to its widgets: only the window's counts.
bool Kiosk::eventFilter(QObject* watched, QEvent* event) {
  if (!watched->isWindowType() || !isInput(event->type())) return false;
  patience_.start();
  sinceInput_.start();
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
    noteEscape();
  return false;
}

void Kiosk::noteEscape() {
  const bool isSecond = sinceEscape_.isValid() && sinceEscape_.elapsed() < kTwiceMs;
  if (!isSecond) {
    sinceEscape_.start();
    return;
  }
  sinceEscape_.invalidate();
  Q_EMIT left();
}

}  // namespace modascope
