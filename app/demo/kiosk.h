#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <chrono>

namespace modascope {

/// Watches what people do in the whole program: says when nobody does anything, and when somebody
/// wants to leave by pressing Esc twice. GUI thread.
class Kiosk : public QObject {
  Q_OBJECT

 public:
  explicit Kiosk(std::chrono::milliseconds patience, QObject* parent = nullptr);

  /// Since the last key, click or wheel.
  qint64 idleMs() const { return sinceInput_.elapsed(); }

 Q_SIGNALS:
  /// Once, until somebody does something again.
  void abandoned();
  void left();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void noteEscape();

  QTimer patience_;
  QElapsedTimer sinceInput_;
  QElapsedTimer sinceEscape_;
};

}  // namespace modascope
