#pragma once

#include <QApplication>
#include <functional>

namespace modascope {

/// The application with a net under its event loop: an exception that nothing else caught ends
/// neither the program nor a run that is training in it. It is logged and told, once. Any thread's
/// events go through here; telling is done on the GUI thread.
class CaughtApplication : public QApplication {
  Q_OBJECT

 public:
  CaughtApplication(int& argc, char** argv) : QApplication(argc, argv) {}

  /// Who shows the sentence; nobody while it is empty.
  void setTeller(std::function<void(const QString& sentence)> tell) { tell_ = std::move(tell); }
  /// What is done outside the event loop, under the same net.
  void guarded(const std::function<void()>& action);

  bool notify(QObject* receiver, QEvent* event) override;

 private:
  void takeException();
  void show(const QString& sentence);

  std::function<void(const QString& sentence)> tell_;
  QString told_;  ///< the last; what repeats itself, such as painting, is told once
};

}  // namespace modascope
