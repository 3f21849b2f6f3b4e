#include "app/window/caught_application.h"

#include <exception>

#include "app/jobs/sentence.h"
#include "core/base/log.h"

namespace modascope {

bool CaughtApplication::notify(QObject* receiver, QEvent* event) {
  try {
    return QApplication::notify(receiver, event);
  } catch (...) {
    takeException();
    return false;
  }
}

void CaughtApplication::guarded(const std::function<void()>& action) {
  try {
    action();
  } catch (...) {
    takeException();
  }
}

void CaughtApplication::takeException() {
  try {
    const std::string sentence = sentenceOf(std::current_exception());
    logError("Caught under the event loop: " + sentence);
    QMetaObject::invokeMethod(
        this, [this, sentence] { show(QString::fromStdString(sentence)); }, Qt::QueuedConnection);
  } catch (...) {
    logError("An exception was caught that could not be told.");
  }
}

/// What telling throws would only be told again.
void CaughtApplication::show(const QString& sentence) {
  if (!tell_ || sentence == told_) return;
  told_ = sentence;
  try {
    tell_(sentence);
  } catch (...) {
    logError("The sentence could not be shown: " + sentence.toStdString());
  }
}

}  // namespace modascope
